-- The tables of the warehouse, those first that every server of a cluster needs whole, and whether the rows of a table belong to
-- PBXs. The ledger of migrations stays on the coordinator.
select format('%I.%I', 'voip', c.relname),
    c.relname <> 'pbx'
        and exists (
            select 1 from pg_attribute as a
            where a.attrelid = c.oid and a.attname = 'pbx_id' and not a.attisdropped) as has_pbx
from pg_class as c
where c.relnamespace = 'voip'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname not in ('schema_migration', 'schema_view')
order by 2, 1
