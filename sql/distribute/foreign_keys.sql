-- The foreign keys of the warehouse's tables: name, table and definition. They are taken off while their tables are distributed one
-- after the other.
select format('%I', k.conname), k.conrelid::regclass::text, pg_get_constraintdef(k.oid)
from pg_constraint as k
where k.connamespace = 'voip'::regnamespace and k.contype = 'f' and k.conparentid = 0
order by k.conrelid::regclass::text, k.conname
