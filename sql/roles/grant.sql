-- The rights of voip_reader and voip_loader in this database. Run it in the warehouse, as the owner of the schema voip,
-- after create.sql; "crm-voip warehouse migrate" does so itself if the two roles exist.
grant usage on schema voip to voip_reader, voip_loader;
grant select on all tables in schema voip to voip_reader;
grant select, insert, update, delete on all tables in schema voip to voip_loader;
grant usage on all sequences in schema voip to voip_loader;

-- Also on objects that a later migration creates.
alter default privileges in schema voip grant select on tables to voip_reader;
alter default privileges in schema voip grant select, insert, update, delete on tables to voip_loader;
alter default privileges in schema voip grant usage on sequences to voip_loader;

-- A load needs temporary tables. Everybody may create them unless that right was revoked, in which case only the
-- database's owner can grant it.
do $$
begin
    execute format('grant temporary on database %I to voip_loader', current_database());
exception when insufficient_privilege then
    raise notice 'voip_loader needs TEMPORARY on the database: its owner has to grant it.';
end $$;
