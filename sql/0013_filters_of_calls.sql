-- Cheaper indexes for the list of calls: what is compared whole shares one index of Bloom filters.

-- A number at any time: without the time it is sorted faster, and the same numbers share one key.
drop index voip.call_customer;
create index call_customer on voip.call (customer_e164 collate "C") where customer_e164 is not null;

-- The linkedid, the last four digits of the number, the extension and the agent: a filter for every 4 pages of calls. The queues of
-- visits, as voip.queue_key compares their names, likewise. PostgreSQL 13 has no such filters; its indexes are those of 0005 and
-- 0006 again.
drop index voip.call_party;
drop index voip.queue_visit_name;
do $$
begin
    if current_setting('server_version_num')::integer >= 140000 then
        drop index voip.call_search;
        create index call_search on voip.call using brin (
            linkedid text_bloom_ops (n_distinct_per_range = 200),
            (right(coalesce(customer_e164 collate "C", customer), 4)) text_bloom_ops (n_distinct_per_range = 200),
            (extension collate "C") text_bloom_ops (n_distinct_per_range = 64),
            (agent collate "C") text_bloom_ops (n_distinct_per_range = 64)
        ) with (pages_per_range = 4, autosummarize = on);
        create index queue_visit_search on voip.queue_visit using brin (
            (lower(queue collate "C")) text_bloom_ops (n_distinct_per_range = 32)
        ) with (pages_per_range = 4, autosummarize = on);
    else
        create index call_extension on voip.call (extension collate "C") where extension is not null;
        create index call_agent on voip.call (agent collate "C") where agent is not null;
        create index queue_visit_queue on voip.queue_visit (lower(queue collate "C"));
    end if;
end $$;
