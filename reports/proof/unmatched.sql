-- title: Calls behind the report unmatched
-- description: The calls that a figure of the report unmatched counts.
-- parameter: window_from timestamptz: First moment of the window.
-- parameter: window_to timestamptz: First moment after the window.
-- parameter: queue text = null: The same as in the report.
-- parameter: agent text = null: The same as in the report.
-- parameter: pbx text = null: Only this PBX.
-- parameter: figure text: The column of the figure.
-- parameter: row_from timestamptz = null: Only what began then or later, if the row is for a period.
-- parameter: row_to timestamptz = null: Only what began before.
-- parameter: row_pbx text = null: Only this PBX, if the row is for one.
-- parameter: row_limit integer = 20000: At most this many.
-- parameter: row_number text = null: Only this number, as E.164.
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
select 'call' as kind, c.started_at as at, p.name as pbx, c.linkedid, c.queue, coalesce(c.agent, c.extension) as agent,
    c.customer as number, c.customer_e164 as e164, voip.caller_key(c.customer_e164, c.customer) as caller_key,
    c.disposition as outcome, c.wait_s, null::bigint as ring_ms, c.talk_s, coalesce(c.talk_s, 0) as work_s,
    null as is_part
from voip.call as c
join voip.pbx as p on p.pbx_id = c.pbx_id
where c.started_at >= greatest(:window_from, :row_from) and c.started_at < least(:window_to, :row_to)
    and c.match = 'unmatched' and c.customer_e164 is not null
    and (:queue is null or voip.queue_key(c.queue) = voip.queue_key(:queue))
    and (:agent is null or c.agent = :agent or c.extension = :agent)
    and (:pbx is null or p.name = :pbx) and (:row_pbx is null or p.name = :row_pbx)
    and (:row_number is null or c.customer_e164 = :row_number)
    and (:figure not in ('inbound', 'outbound') or c.direction = :figure)
order by c.started_at, c.pbx_id, c.call_id
limit :row_limit
