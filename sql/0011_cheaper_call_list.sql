-- Indexes for the list of calls that cost a first load half as much. They are made in one pass over the table, without sorting.

-- The extension and the agent of a call: few names that many calls have. A GIN index keeps each name once, with its rows.
drop index voip.call_extension;
drop index voip.call_agent;
create index call_party on voip.call using gin ((array[extension collate "C", agent collate "C"]));

-- The queues of visits, as voip.queue_key compares their names.
drop index voip.queue_visit_queue;
create index queue_visit_name on voip.queue_visit using gin ((array[lower(queue collate "C")]));

-- The linkedid, and the last four digits of the number: an index of Bloom filters, one for every 4 pages of calls. PostgreSQL 13 has
-- none and keeps the indexes of 0005 and 0006.
do $$
begin
    if current_setting('server_version_num')::integer >= 140000 then
        create index call_search on voip.call using brin (
            linkedid text_bloom_ops (n_distinct_per_range = 200),
            (right(coalesce(customer_e164 collate "C", customer), 4)) text_bloom_ops (n_distinct_per_range = 200)
        ) with (pages_per_range = 4, autosummarize = on);
        drop index voip.call_linkedid;
        drop index voip.call_number_end;
    end if;
end $$;
