-- Visits that count in a window, half open. Visits estimated from legs count only if the queue has no visits from the
-- queue_log in this window.
create or replace function voip.counted_visits(window_from timestamptz, window_to timestamptz)
returns setof voip.queue_visit
language sql stable parallel safe rows 100000
as $$
    select v.*
    from voip.queue_visit as v
    where v.entered_at >= window_from and v.entered_at < window_to
        and (
            v.source = 'queue_log'
            -- Of the two ways to write this, the one that the server may do in parallel; neither column is ever NULL.
            or (v.pbx_id, voip.queue_key(v.queue)) not in (
                select l.pbx_id, l.queue_key from voip.logged_queues(window_from, window_to) as l))
$$;

comment on function voip.counted_visits is 'Queue visits that entered in a window: those of the queue_log, and estimates from legs only for queues without a log in the window.';
