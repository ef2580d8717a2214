-- Empties voip.contact and voip.contact_number, of whose contacts the source has none, and fills them. Indexes and the foreign key are dropped first and
-- recreated at the end: a million rows are indexed and checked together in a fraction of the time. The primary key of
-- voip.contact is kept, because somebody else's table may refer to it.

create temporary table contact_number_gone on commit drop as
select number_e164 from voip.contact_number
union
select customer_e164 from voip.call where customer_e164 is not null and contact_id is not null;

insert into contact_tally (inserted, updated, removed, numbers_changed)
select 0, 0, (select count(*) from voip.contact), 0;

truncate voip.contact, voip.contact_number;

alter table voip.contact drop constraint contact_source_kind_external_id_key;
alter table voip.contact_number
    drop constraint contact_number_contact_id_fkey,
    drop constraint contact_number_pkey;
drop index voip.contact_number_contact;

insert into voip.contact (
    source, kind, external_id, name, owner, extension, updated_at, fingerprint, readable_phones, unreadable_phones)
select current_setting('voip.contact_source'), kind, external_id, name, owner, extension, updated_at, fingerprint, readable_phones,
       unreadable_phones
from contact_stage;

alter table voip.contact
    add constraint contact_source_kind_external_id_key unique (source, kind, external_id);

analyze contact_link_stage;

insert into voip.contact_number (number_e164, contact_id, priority, place)
select s.number_e164, c.contact_id, s.priority, s.place
from contact_link_stage as s join voip.contact as c using (kind, external_id);

alter table voip.contact_number
    add constraint contact_number_pkey primary key (number_e164, contact_id),
    add constraint contact_number_contact_id_fkey foreign key (contact_id) references voip.contact on delete cascade;
create index contact_number_contact on voip.contact_number (contact_id);

create temporary table contact_number_changed on commit drop as
select number_e164 from voip.contact_number where place = 0
union all
select g.number_e164
from contact_number_gone as g
where not exists (select 1 from voip.contact_number as n where n.number_e164 = g.number_e164);

analyze contact_number_changed;

update contact_tally
set inserted = (select count(*) from voip.contact), numbers_changed = (select count(*) from contact_number_changed);
