-- Callers who were lost in a window, half open: visits to queues that nobody answered, and inbound calls without a
-- visit that nobody inside answered. Such a call entered no queue, or its legs name a queue whose log does not have it,
-- because that queue was full or empty.
create or replace function voip.lost_callers(window_from timestamptz, window_to timestamptz)
returns table (
    pbx_id smallint, call_id bigint, callid text, queue text, outcome text, started_at timestamptz, lost_at timestamptz,
    wait_s integer, caller text, caller_e164 text)
language sql stable parallel safe rows 10000
as $$
    select v.pbx_id, v.call_id, v.callid, v.queue, v.outcome, v.entered_at,
        coalesce(v.left_at, v.entered_at + coalesce(v.wait_s, 0) * interval '1 second'), v.wait_s, v.caller, v.caller_e164
    from voip.counted_visits(window_from, window_to) as v
    where v.outcome in ('abandoned', 'timed_out', 'exit_key', 'exit_empty', 'withdrawn', 'unserved')
    union all
    select c.pbx_id, c.call_id, null, c.queue, c.disposition, c.started_at, coalesce(c.ended_at, c.started_at), c.wait_s,
        c.customer, c.customer_e164
    from voip.call as c
    where c.started_at >= window_from and c.started_at < window_to
        and c.direction = 'inbound' and c.disposition <> 'answered'
        and (
            c.wait_source is null
            or c.wait_source = 'cdr' and (c.pbx_id, voip.queue_key(c.queue)) in (
                select l.pbx_id, l.queue_key from voip.logged_queues(window_from, window_to) as l))
$$;

comment on function voip.lost_callers is 'Queue visits in a window that nobody answered, and inbound calls without a visit that nobody answered.';
