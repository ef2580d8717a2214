-- Whether the tables may be spread over a cluster, where a run cannot lock whole tables for itself.
select exists (select 1 from pg_extension where extname = 'citus')
