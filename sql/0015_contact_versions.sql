-- What the last sync knew of each contact: the next one reads the numbers of those alone that have changed since.
alter table voip.contact
    add column fingerprint bigint,                              -- differs between versions of a contact; null: unknown
    add column readable_phones integer not null default 0,      -- phone fields that contain a public number
    add column unreadable_phones integer not null default 0;    -- phone fields that contain something else

comment on column voip.contact.fingerprint is 'Differs between versions of the contact and its phones; null if unknown.';
comment on column voip.contact.readable_phones is 'How many phone fields contain a public number.';
comment on column voip.contact.unreadable_phones is 'How many contain something, but neither a number nor an extension.';

alter table voip.contact_sync
    add column rules text,                                      -- by what the numbers were read; null: unknown
    add column links bigint,                                    -- rows of voip.contact_number after the sync
    add column compared_at timestamptz;                         -- when every contact was compared

comment on column voip.contact_sync.rules is 'The program''s version and the settings by which numbers were read.';
comment on column voip.contact_sync.links is 'How many links between numbers and contacts there were after the sync.';
comment on column voip.contact_sync.compared_at is 'When every contact was last compared, and not only those that the source changed.';
