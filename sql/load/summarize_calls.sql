-- Adds the newest pages of calls and visits to the indexes call_search and queue_visit_search, so that a search need
-- not read them. Autovacuum would do so within minutes, but a server that runs for a single command does not live that
-- long. Only the owner may do this.
select brin_summarize_new_values(c.oid)
from pg_class as c
where c.relkind = 'i' and pg_has_role(c.relowner, 'usage')
    and (
        c.oid in (to_regclass('voip.call_search'), to_regclass('voip.queue_visit_search'))
        -- Where visits are kept by month, each month has an index of its own.
        or c.oid in (select t.relid from pg_partition_tree(to_regclass('voip.queue_visit_search')) as t))
