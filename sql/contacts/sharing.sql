-- The contacts that have one of the numbers, but have not changed: their ranks may change.
copy (
    select contact_id from contact_link_before
    except
    select contact_id from contact_stage
) to stdout (format binary)
