-- The tables that can be kept by month: name, whether it is so already, whether this session may change it, and its
-- comment.
select c.relname, c.relkind = 'p', pg_has_role(c.relowner, 'usage'), obj_description(c.oid, 'pg_class')
from pg_class as c
where c.oid in (to_regclass('voip.cdr'), to_regclass('voip.queue_visit'), to_regclass('voip.queue_event'))
order by 1
