-- Builds the index call_search anew: its Bloom filters keep what was removed, and let more and more pages pass. Only the owner may.
do $$
begin
    if to_regclass('voip.call_search') is not null
        and (select pg_has_role(c.relowner, 'usage') from pg_class as c where c.oid = to_regclass('voip.call_search'))
    then
        reindex index voip.call_search;
    end if;
end $$
