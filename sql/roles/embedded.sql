-- Roles of the embedded server, after create.sql: voip_owner, the role with which crm-voip works there, is not a
-- superuser and owns the database and the schema voip. Run as the cluster's superuser, in one transaction with
-- create.sql.
create role voip_owner login;
alter role voip_reader login;
grant voip_reader, voip_loader to voip_owner;

do $$
declare
    item text;
begin
    execute format('alter database %I owner to voip_owner', current_database());
    -- A warehouse from a version that worked as the superuser.
    if to_regnamespace('voip') is not null then
        alter schema voip owner to voip_owner;
        for item in
            select c.oid::regclass::text
            from pg_class as c
            where c.relnamespace = 'voip'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
                -- Sequences of columns belong to their table.
                and not exists (
                    select 1 from pg_depend as d
                    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i'))
        loop
            execute format('alter table %s owner to voip_owner', item);
        end loop;
        for item in select oid::regprocedure::text from pg_proc where pronamespace = 'voip'::regnamespace loop
            execute format('alter function %s owner to voip_owner', item);
        end loop;
    end if;
    -- A reader needs neither locks that outlive a statement nor large objects.
    for item in
        select oid::regprocedure::text
        from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace
            and (proname like 'pg\_%advisory%' or proname like 'lo\_%' or proname in ('lowrite', 'loread'))
    loop
        execute format('revoke execute on function %s from public', item);
        execute format('grant execute on function %s to voip_owner, voip_loader', item);
    end loop;
end $$;
