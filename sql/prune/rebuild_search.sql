-- Builds the indexes call_search and queue_visit_search anew: their Bloom filters keep what was removed, and let more and more pages
-- pass. Only the owner may.
do $$
declare
    item regclass;
begin
    for item in
        select c.oid
        from pg_class as c
        where c.oid in (to_regclass('voip.call_search'), to_regclass('voip.queue_visit_search'))
            and pg_has_role(c.relowner, 'usage')
    loop
        execute format('reindex index %s', item);
    end loop;
end $$
