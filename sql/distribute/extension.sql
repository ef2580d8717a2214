-- Whether this database has the extension citus, and whether the server could have it.
select exists (select 1 from pg_extension where extname = 'citus'),
    exists (select 1 from pg_available_extensions where name = 'citus')
