-- Makes voip.contact and voip.contact_number equal to the stage, without touching rows that already are. There is one
-- source of contacts at a time: contacts from another source are removed together with those that this one no longer
-- has.
--
-- On a Citus cluster, voip.contact and voip.contact_number are changed by `insert … on conflict` and `delete … where … in`: there,
-- `update … from` and `delete … using` cannot read a temporary table.

analyze contact_link_stage;

create temporary table contact_change on commit drop as
select n.*, current_setting('voip.contact_source') as source,
       (k.name, k.owner, k.extension, k.updated_at) is distinct from (n.name, n.owner, n.extension, n.updated_at) as is_updated
from contact_stage as n left join voip.contact as k using (contact_id)
where n.contact_id is null
    or (k.name, k.owner, k.extension, k.updated_at, k.fingerprint, k.readable_phones, k.unreadable_phones)
        is distinct from
        (n.name, n.owner, n.extension, n.updated_at, n.fingerprint, n.readable_phones, n.unreadable_phones);

analyze contact_change;

-- The links of removed contacts are deleted with them.
delete from voip.contact
where contact_id in (select contact_id from contact_gone);

insert into voip.contact (
    contact_id, source, kind, external_id, name, owner, extension, updated_at, fingerprint, readable_phones, unreadable_phones)
overriding system value
select contact_id, source, kind, external_id, name, owner, extension, updated_at, fingerprint, readable_phones, unreadable_phones
from contact_change
where contact_id is not null
on conflict (contact_id) do update
set name = excluded.name, owner = excluded.owner, extension = excluded.extension, updated_at = excluded.updated_at,
    fingerprint = excluded.fingerprint, readable_phones = excluded.readable_phones, unreadable_phones = excluded.unreadable_phones;

insert into voip.contact (
    source, kind, external_id, name, owner, extension, updated_at, fingerprint, readable_phones, unreadable_phones)
select source, kind, external_id, name, owner, extension, updated_at, fingerprint, readable_phones, unreadable_phones
from contact_change
where contact_id is null;

-- All links of the numbers that may have changed. Contacts of other sources are gone by now.
create temporary table contact_link_now on commit drop as
select number_e164, contact_id, priority, place
from contact_link_stage
where contact_id is not null and number_e164 in (select number_e164 from contact_number_touched)
union all
select s.number_e164, c.contact_id, s.priority, s.place
from contact_link_stage as s join voip.contact as c using (kind, external_id)
where s.contact_id is null and s.number_e164 in (select number_e164 from contact_number_touched);

analyze contact_link_now;

create temporary table contact_number_changed on commit drop as
select distinct number_e164
from contact_link_now as n full join contact_link_before as k using (number_e164, contact_id)
where (n.priority, n.place) is distinct from (k.priority, k.place);

analyze contact_number_changed;

delete from voip.contact_number
where (number_e164, contact_id) in (
    select k.number_e164, k.contact_id
    from contact_link_before as k
    left join contact_link_now as n on n.number_e164 = k.number_e164 and n.contact_id = k.contact_id
    where n.contact_id is null);

insert into voip.contact_number as k (number_e164, contact_id, priority, place)
select number_e164, contact_id, priority, place
from contact_link_now join contact_number_changed using (number_e164)
on conflict (number_e164, contact_id) do update set priority = excluded.priority, place = excluded.place
where (k.priority, k.place) is distinct from (excluded.priority, excluded.place);

-- Calls that refer to a removed contact are relinked even if the number was no longer its own.
insert into contact_number_changed
select distinct customer_e164
from voip.call
where customer_e164 is not null and contact_id in (select contact_id from contact_gone)
    and customer_e164 not in (select number_e164 from contact_number_changed);

insert into contact_tally (inserted, updated, removed, numbers_changed)
select count(*) filter (where contact_id is null), count(*) filter (where contact_id is not null and is_updated), (select count(*) from contact_gone),
       (select count(*) from contact_number_changed)
from contact_change;
