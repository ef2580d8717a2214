-- The CRM's people and their numbers, as of the last sync.

create table voip.contact (
    contact_id  bigint generated always as identity primary key,
    source      text not null,                  -- csv, djangocrm, suitecrm, espocrm, odoo, vtiger, query
    kind        text not null,                  -- contact, lead, company, user …
    external_id text not null,                  -- the CRM's own id
    name        text not null,
    owner       text,
    extension   text,                           -- of an agent: their number inside the PBX
    updated_at  timestamptz,
    unique (source, kind, external_id)
);

create table voip.contact_number (
    number_e164  text not null,
    contact_id   bigint not null references voip.contact on delete cascade,
    priority     smallint not null default 0,   -- lower is preferred: main number, mobile, other; 100 and more: disqualified
    place        smallint not null default 0,   -- by the tie-break; 0: the contact that the number's calls are linked to
    primary key (number_e164, contact_id)
);

create index contact_number_contact on voip.contact_number (contact_id);
