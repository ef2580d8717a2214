-- Whether the source has none of the contacts that are stored, as with the first sync and with another CRM, and we may alter the
-- tables.

select exists (select 1 from contact_stage)
    -- A few show it in most cases.
    and not exists (
        select 1 from (select kind, external_id from contact_stage limit 1000) as s
        cross join lateral (
            select 1 from voip.contact as c
            where c.source = current_setting('voip.contact_source') and c.kind = s.kind and c.external_id = s.external_id
            limit 1) as c)
    and not exists (
        select 1 from voip.contact as c join contact_stage as s using (kind, external_id)
        where c.source = current_setting('voip.contact_source'))
    -- Somebody else's table may refer to the contacts.
    and not exists (
        select 1 from pg_constraint
        where confrelid = 'voip.contact'::regclass and conrelid <> 'voip.contact_number'::regclass)
    -- The servers of a cluster have copies, whose keys and indexes cannot be taken away among other statements.
    and not exists (select 1 from pg_extension where extname = 'citus')
    and (select bool_and(pg_has_role(relowner, 'usage')) from pg_class
          where oid in ('voip.contact'::regclass, 'voip.contact_number'::regclass))
