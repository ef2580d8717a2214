-- Adds the newest pages of calls to the index call_search, so that a search need not read them. Autovacuum would do so within
-- minutes, but a server that runs for one command only does not live that long. Only the owner may.
select brin_summarize_new_values(c.oid)
from pg_class as c
where c.oid = to_regclass('voip.call_search') and pg_has_role(c.relowner, 'usage')
