-- Builds the indexes call_search and queue_visit_search anew: their Bloom filters keep what was removed, and let more and more pages
-- pass. Only the owner may.
do $$
declare
    item regclass;
begin
    for item in
        select c.oid
        from pg_class as c
        where c.relkind = 'i' and pg_has_role(c.relowner, 'usage')
            and (
                c.oid in (to_regclass('voip.call_search'), to_regclass('voip.queue_visit_search'))
                -- Where visits are kept by month, each month has an index of its own.
                or c.oid in (select t.relid from pg_partition_tree(to_regclass('voip.queue_visit_search')) as t))
    loop
        execute format('reindex index %s', item);
    end loop;
end $$
