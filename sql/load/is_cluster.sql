-- Whether the tables may be spread over a cluster: its servers do not let a run take them for itself.
select exists (select 1 from pg_extension where extname = 'citus')
