-- Indexes of a table that make nothing sure and only find things quickly, with the statements that make them again.
-- $1: table.
select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
from pg_index i
where i.indrelid = $1::regclass and not i.indisunique and not i.indisexclusion and not i.indisreplident
order by i.indexrelid
