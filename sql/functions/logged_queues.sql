-- Queues that have a queue_log in a window, half open: one row for each visit. For these queues, estimates from legs do
-- not count.
create or replace function voip.logged_queues(window_from timestamptz, window_to timestamptz)
returns table (pbx_id smallint, queue_key text)
language sql stable parallel safe rows 100000
as $$
    select v.pbx_id, voip.queue_key(v.queue)
    from voip.queue_visit as v
    where v.source = 'queue_log' and v.entered_at >= window_from and v.entered_at < window_to
$$;

comment on function voip.logged_queues is 'Queues that have visits from the queue_log in a window, one row per visit: estimates from legs do not count for them.';
