create or replace view voip.contacts as
select c.contact_id, c.source, c.kind, c.external_id, c.name, c.owner, c.extension, c.updated_at,
    array(
        select n.number_e164
        from voip.contact_number as n
        where n.contact_id = c.contact_id
        order by n.priority, n.number_e164
    ) as numbers
from voip.contact as c;

comment on view voip.contacts is 'One row per contact of the CRM, as of the last sync.';
comment on column voip.contacts.contact_id is 'The warehouse''s own number of the contact, to which calls are linked.';
comment on column voip.contacts.source is 'csv, query, or the preset through which the contact was loaded.';
comment on column voip.contacts.kind is 'The CRM''s kind of contact: contact, lead, company, user …';
comment on column voip.contacts.external_id is 'The CRM''s own id.';
comment on column voip.contacts.name is 'Name.';
comment on column voip.contacts.owner is 'Who is responsible for the contact.';
comment on column voip.contacts.extension is 'An agent''s number inside the PBX.';
comment on column voip.contacts.updated_at is 'When the CRM last changed the contact.';
comment on column voip.contacts.numbers is 'All numbers as E.164, the preferred one first.';
