-- Indexes of a table that enforce nothing and only find rows quickly, with the statements that create them again.
-- $1: table.
select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
from pg_index as i
where i.indrelid = $1::regclass and not i.indisunique and not i.indisexclusion and not i.indisreplident
order by i.indexrelid
