-- The stored contacts of the source, each with what distinguishes its versions.
copy (
    select contact_id, kind, external_id, fingerprint, readable_phones, unreadable_phones
    from voip.contact
    where source = current_setting('voip.contact_source')
) to stdout (format binary)
