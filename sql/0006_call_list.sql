-- Indexes for the list of calls: a number's last digits, an extension, a number of ours, an agent, a queue, and what is rare.
-- PostgreSQL keeps a key once for all rows that have it, so an index with few different keys is small; the collation "C" makes
-- sorting cheap. What is frequent needs none: the newest calls are found by their time.

-- As before, but sorted byte by byte, which costs half as much. The view voip.calls has the collation in its column.
drop index voip.call_customer;
create index call_customer on voip.call (customer_e164 collate "C", started_at) where customer_e164 is not null;

-- The last digits of a number, as E.164 where it has that form; four of them leave few rows to look at.
create index call_number_end on voip.call (right(coalesce(customer_e164 collate "C", customer), 4))
    where coalesce(customer_e164 collate "C", customer) is not null;
create index call_did on voip.call (did collate "C") where did is not null;
create index call_extension on voip.call (extension collate "C") where extension is not null;
create index call_agent on voip.call (agent collate "C") where agent is not null;
create index call_unknown on voip.call (started_at) where direction = 'unknown';
create index queue_visit_queue on voip.queue_visit (lower(queue collate "C"));

-- Visits that an attended transfer split, or whose beginning is not in the log.
alter index voip.queue_visit_torn rename to queue_visit_split;
