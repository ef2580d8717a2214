-- The partitions of table $1, by name.
select c.relname
from pg_inherits as i
join pg_class as c on c.oid = i.inhrelid
where i.inhparent = to_regclass($1)
order by 1
