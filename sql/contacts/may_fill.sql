-- Whether we may empty the tables and alter them: asked if the source has none of the stored contacts, as with the first sync and with
-- another CRM.

select
    -- Somebody else's table may refer to the contacts.
    not exists (
        select 1 from pg_constraint
        where confrelid = 'voip.contact'::regclass and conrelid <> 'voip.contact_number'::regclass)
    -- The servers of a cluster have copies, whose keys and indexes cannot be taken away among other statements.
    and not exists (select 1 from pg_extension where extname = 'citus')
    and (select bool_and(pg_has_role(relowner, 'usage')) from pg_class
          where oid in ('voip.contact'::regclass, 'voip.contact_number'::regclass))
