-- Records a sync. $1: source; $2: its number of contacts.
insert into voip.contact_sync (source, synced_at, contacts)
values ($1, now(), $2)
on conflict (source) do update set synced_at = excluded.synced_at, contacts = excluded.contacts
