-- The tables that the cluster knows already, and whether each is spread by a column. Needs the extension citus.
select d.logicalrelid::regclass::text, d.partkey is not null
from pg_dist_partition as d
join pg_class as c on c.oid = d.logicalrelid
where c.relnamespace = 'voip'::regnamespace
order by 1
