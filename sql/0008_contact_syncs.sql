-- When the contacts were taken from the CRM last, for "warehouse status": a sync without changes writes no contact, so the
-- contacts themselves do not say.
create table voip.contact_sync (
    source    text primary key,                 -- as voip.contact.source
    synced_at timestamptz not null,
    contacts  bigint not null                   -- how many the source had
);

comment on table voip.contact_sync is 'One row per source of contacts: when it was last read, and how many contacts it had.';
comment on column voip.contact_sync.source is 'csv, djangocrm, suitecrm, espocrm, odoo, vtiger or query.';
comment on column voip.contact_sync.synced_at is 'When the source was last read without an error.';
comment on column voip.contact_sync.contacts is 'How many contacts it had then.';
