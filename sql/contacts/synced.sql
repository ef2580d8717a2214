-- Records a sync. $1: source; $2: its number of contacts; $3: the rules by which it read numbers; $4: whether it compared every contact.
insert into voip.contact_sync (source, synced_at, contacts, rules, links, compared_at)
select $1, now(), $2, $3, count(*), case when $4 then now() end
from voip.contact_number
on conflict (source) do update
set synced_at = excluded.synced_at, contacts = excluded.contacts, rules = excluded.rules, links = excluded.links,
    compared_at = coalesce(excluded.compared_at, voip.contact_sync.compared_at)
returning links
