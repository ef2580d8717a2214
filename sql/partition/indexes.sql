-- The statements that make the keys, the foreign keys and the other indexes of table $1 again.
select format('alter table %s add constraint %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid))
from pg_constraint as k
where k.conrelid = to_regclass($1) and k.contype in ('p', 'u', 'f')
union all
select pg_get_indexdef(i.indexrelid)
from pg_index as i
where i.indrelid = to_regclass($1)
    and not exists (select 1 from pg_constraint as k where k.conindid = i.indexrelid and k.contype in ('p', 'u'))
