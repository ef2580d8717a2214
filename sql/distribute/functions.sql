-- The functions of the warehouse that read no table: queries call them on every server of a cluster.
select p.oid::regprocedure::text
from pg_proc as p
where p.pronamespace = 'voip'::regnamespace and p.provolatile = 'i'
order by 1
