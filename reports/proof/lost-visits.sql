-- title: Visits and calls behind the report lost-visits
-- description: The visits and calls of a caller that were lost.
-- parameter: window_from timestamptz: First moment of the window.
-- parameter: window_to timestamptz: First moment after the window.
-- parameter: short_abandon integer = 5: The same as in the report.
-- parameter: figure text: The column of the figure.
-- parameter: row_from timestamptz = null: Only what began then or later, if the row is for a period.
-- parameter: row_to timestamptz = null: Only what began before.
-- parameter: row_pbx text = null: Only this PBX, if the row is for one.
-- parameter: row_limit integer = 20000: At most this many.
-- parameter: row_number text = null: Only this caller: the number as E.164, or else as written.
-- column: kind text: visit, call, attempt, login or pause.
-- column: at timestamp: When it began.
-- column: pbx text: The PBX.
-- column: linkedid text: The id of its call; empty for sessions.
-- column: queue text: The queue.
-- column: agent text: The agent.
-- column: number text: The outside number as the PBX wrote it.
-- column: e164 text: The same as E.164.
-- column: caller_key text: Identifies a caller with several forms of a number.
-- column: outcome text: The outcome.
-- column: wait_s duration: Wait, or span of a session.
-- column: ring_ms integer: Ringing, in milliseconds.
-- column: talk_s duration: Talk.
-- column: work_s duration: Talk and wrap-up.
-- column: is_part text: yes if it counts in the numerator of a share.
with logged as (
    select pbx_id, voip.queue_key(queue) as queue_key
    from voip.queue_visit
    where source = 'queue_log' and entered_at >= :window_from and entered_at < :window_to
    group by 1, 2
),
lost as (
    select 'visit' as kind, v.entered_at as at, v.pbx_id, v.callid, v.call_id, v.queue, v.agent, v.caller as number,
        v.caller_e164 as e164, v.outcome, v.wait_s
    from voip.counted_visits(:window_from, :window_to) as v
    where v.outcome in ('abandoned', 'timed_out', 'exit_key', 'exit_empty', 'withdrawn', 'unserved')
    union all
    select 'call', c.started_at, c.pbx_id, null, c.call_id, c.queue, coalesce(c.agent, c.extension), c.customer,
        c.customer_e164, c.disposition, c.wait_s
    from voip.call as c
    where c.started_at >= :window_from and c.started_at < :window_to
        and c.direction = 'inbound' and c.disposition <> 'answered'
        and (c.wait_source is null or c.wait_source = 'cdr'
            and (c.pbx_id, voip.queue_key(c.queue)) in (select g.pbx_id, g.queue_key from logged as g))
)
select l.kind, l.at, p.name as pbx, coalesce(o.linkedid, l.callid) as linkedid, l.queue, l.agent, l.number, l.e164,
    voip.caller_key(l.e164, l.number) as caller_key, l.outcome, l.wait_s, null::bigint as ring_ms, null::integer as talk_s,
    0 as work_s, null as is_part
from lost as l
join voip.pbx as p on p.pbx_id = l.pbx_id
left join voip.call as o on o.call_id = l.call_id and o.pbx_id = l.pbx_id
where :figure = 'attempts'
    and (:row_number is null
        or voip.caller_key(l.e164, l.number)
            = voip.caller_key(case when left(:row_number, 1) = '+' then :row_number end, :row_number))
    and (:row_from is null or l.at >= :row_from) and (:row_to is null or l.at < :row_to)
    and (:row_pbx is null or p.name = :row_pbx) and :short_abandon >= 0
order by l.at, l.pbx_id, linkedid, l.queue
limit :row_limit
