-- The partitions of table $1, by name, each with what stands before the seconds of its first uniqueid.
select c.relname,
    coalesce(substring(pg_get_expr(c.relpartbound, c.oid) from '^FOR VALUES FROM \(''([^'']*)[0-9]{10}''\)'), '')
from pg_inherits as i
join pg_class as c on c.oid = i.inhrelid
where i.inhparent = to_regclass($1)
order by 1
