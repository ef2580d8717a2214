-- Makes voip.contact and voip.contact_number equal to the stage, without touching rows that already are. There is one
-- source of contacts at a time: contacts from another source are removed together with those that this one no longer
-- has.
--
-- On a Citus cluster, voip.contact and voip.contact_number are changed by `insert … on conflict` and `delete … where … in`: there,
-- `update … from` and `delete … using` cannot read a temporary table.

analyze contact_stage;
analyze contact_link_stage;
analyze contact_difference;

-- If a contact appears in several rows, the latest one, which may be the stored one after all; the keys in the cheapest order, since
-- any order will do.
create temporary table contact_change on commit drop as
select k.contact_id, n.*
from (
    select distinct on (external_id collate "C", kind collate "C")
           current_setting('voip.contact_source') as source, kind, external_id, name, owner, extension, updated_at
    from contact_stage
    where (kind, external_id) in (select kind, external_id from contact_difference)
    order by external_id collate "C", kind collate "C", updated_at desc nulls last, name, owner, extension
) as n
left join voip.contact as k on k.source = n.source and k.kind = n.kind and k.external_id = n.external_id
where k.contact_id is null
    or (k.name, k.owner, k.extension, k.updated_at) is distinct from (n.name, n.owner, n.extension, n.updated_at)
union all
select contact_id, null, null, null, null, null, null, null
from contact_difference
where kind is null;

analyze contact_change;

-- The links of removed contacts are deleted with them; other contacts with the same numbers may then be the only ones.
create temporary table contact_number_gone on commit drop as
select k.number_e164
from voip.contact_number as k join contact_change as d using (contact_id)
where d.kind is null;

delete from voip.contact
where contact_id in (select contact_id from contact_change where kind is null);

insert into voip.contact (contact_id, source, kind, external_id, name, owner, extension, updated_at)
overriding system value
select contact_id, source, kind, external_id, name, owner, extension, updated_at
from contact_change
where contact_id is not null and kind is not null
on conflict (contact_id) do update
set name = excluded.name, owner = excluded.owner, extension = excluded.extension, updated_at = excluded.updated_at;

insert into voip.contact (source, kind, external_id, name, owner, extension, updated_at)
select source, kind, external_id, name, owner, extension, updated_at
from contact_change
where contact_id is null;

-- Calls that refer to a removed contact are relinked even if the number was no longer its own.
create temporary table contact_number_changed on commit drop as
select number_e164
from contact_link_stage as n
full join (
    select k.number_e164, c.kind, c.external_id, k.priority, k.place
    from voip.contact_number as k join voip.contact as c using (contact_id)
) as k using (number_e164, kind, external_id)
where (n.priority, n.place) is distinct from (k.priority, k.place)
union
select number_e164
from contact_number_gone
union
select customer_e164
from voip.call
where customer_e164 is not null and contact_id in (select contact_id from contact_change where kind is null);

analyze contact_number_changed;

-- All links of these numbers.
create temporary table contact_link_now on commit drop as
select s.number_e164, c.contact_id, s.priority, s.place
from contact_link_stage as s
join contact_number_changed as d using (number_e164)
join voip.contact as c
    on c.source = current_setting('voip.contact_source') and c.kind = s.kind and c.external_id = s.external_id;

analyze contact_link_now;

delete from voip.contact_number
where (number_e164, contact_id) in (
    select k.number_e164, k.contact_id
    from contact_number_changed as d
    join voip.contact_number as k using (number_e164)
    left join contact_link_now as n on n.number_e164 = k.number_e164 and n.contact_id = k.contact_id
    where n.contact_id is null);

insert into voip.contact_number as k (number_e164, contact_id, priority, place)
select number_e164, contact_id, priority, place
from contact_link_now
on conflict (number_e164, contact_id) do update set priority = excluded.priority, place = excluded.place
where (k.priority, k.place) is distinct from (excluded.priority, excluded.place);

insert into contact_tally (inserted, updated, removed, numbers_changed)
select count(*) filter (where contact_id is null), count(*) filter (where contact_id is not null and kind is not null),
       count(*) filter (where kind is null), (select count(*) from contact_number_changed)
from contact_change;
