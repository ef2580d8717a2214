-- Creates the roles of a warehouse, once per server. Run it as a superuser or as a role with CREATEROLE:
--
--     psql -f create.sql postgres
--
-- voip_reader reads the schema voip, voip_loader loads into it; neither can log in. Grant them to your own logins:
-- grant voip_reader to …. "crm-voip warehouse migrate" grants the rights of the two roles in a database (grant.sql).
do $$
begin
    if not exists (select 1 from pg_roles where rolname = 'voip_reader') then
        create role voip_reader nologin;
    end if;
exception when duplicate_object or unique_violation then
    null;
end $$;

do $$
begin
    if not exists (select 1 from pg_roles where rolname = 'voip_loader') then
        create role voip_loader nologin;
    end if;
exception when duplicate_object or unique_violation then
    null;
end $$;

-- A loader also runs reports, and the user's own reports only as voip_reader.
do $$
begin
    if not pg_has_role('voip_loader', 'voip_reader', 'member') then
        grant voip_reader to voip_loader;
    end if;
exception when duplicate_object or unique_violation then
    null;
end $$;
