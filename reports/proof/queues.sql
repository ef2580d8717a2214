-- title: Visits behind the report queues
-- description: The visits that a figure of the report queues counts.
-- parameter: window_from timestamptz: First moment of the window.
-- parameter: window_to timestamptz: First moment after the window.
-- parameter: queue text = null: Only this queue.
-- parameter: pbx text = null: Only this PBX.
-- parameter: service_level integer = 20: The same as in the report.
-- parameter: short_abandon integer = 5: The same as in the report.
-- parameter: service_level_variant text = offered: The same as in the report.
-- parameter: wrap_up integer = 0: The same as in the report.
-- parameter: overrides jsonb = {}: The same as in the report.
-- parameter: figure text: The column of the figure.
-- parameter: row_from timestamptz = null: Only what began then or later, if the row is for a period.
-- parameter: row_to timestamptz = null: Only what began before.
-- parameter: row_pbx text = null: Only this PBX, if the row is for one.
-- parameter: row_limit integer = 20000: At most this many.
-- parameter: row_queue text = null: Only this queue, if the row is for one.
-- parameter: row_wait_from integer = null: Only visits that waited at least this long, in seconds.
-- parameter: row_wait_to integer = null: Only visits that waited at most this long.
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
with visit as (
    select v.*,
        coalesce((:overrides -> voip.queue_key(v.queue) ->> 'service_level')::integer, :service_level) as limit_s,
        coalesce((:overrides -> voip.queue_key(v.queue) ->> 'short_abandon')::integer, :short_abandon) as short_s,
        coalesce(:overrides -> voip.queue_key(v.queue) ->> 'service_level_variant', :service_level_variant) as variant,
        coalesce((:overrides -> voip.queue_key(v.queue) ->> 'wrap_up')::integer, :wrap_up) as wrap_up
    from voip.counted_visits(:window_from, :window_to) as v
    where (:queue is null or voip.queue_key(v.queue) = voip.queue_key(:queue))
        and (:pbx is null or v.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = :pbx))
        and v.entered_at >= coalesce(:row_from, :window_from) and v.entered_at < coalesce(:row_to, :window_to)
        and (:row_queue is null or voip.queue_key(v.queue) = voip.queue_key(:row_queue))
        and (:row_wait_from is null or v.wait_s >= :row_wait_from)
        and (:row_wait_to is null or v.wait_s <= :row_wait_to)
        and (:row_pbx is null or v.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = :row_pbx))
),
-- A visit has the agent's name from the log, and wrap_ups has the agent's own; an agent has one call at a time.
work as (
    select w.pbx_id, w.queue, w.entered_at, w.left_at, w.agent, min(w.next_at) as next_at, count(*) as visits
    from voip.wrap_ups(:window_from, :window_to) as w
    where :figure = 'aht_s' and exists (select 1 from visit where wrap_up > 0)
    group by 1, 2, 3, 4, 5
),
counted as (
    select v.*, v.outcome = 'abandoned' and v.wait_s < v.short_s as is_short,
        coalesce(least(v.wrap_up, extract(epoch from w.next_at - w.left_at)::integer), 0) as wrap_s
    from visit as v
    left join voip.agent_aliases as a on a.pbx_id = v.pbx_id and a.logged_name = v.agent
    left join work as w on v.outcome = 'answered' and w.pbx_id = v.pbx_id and w.queue = v.queue
        and w.entered_at = v.entered_at and w.left_at = v.left_at and w.agent = coalesce(a.agent, v.agent)
),
judged as (
    select c.*,
        case :figure
            when 'offered' then true
            when 'abandoned_short' then c.is_short
            when 'lost' then c.outcome not in ('answered', 'in_progress') and c.is_short is not true
            when 'not_served' then c.outcome not in ('answered', 'in_progress', 'abandoned')
            when 'answered_pct' then true
            when 'abandoned_pct' then c.is_short is not true
            when 'service_level_pct' then case c.variant
                when 'offered' then c.is_short is not true and c.outcome <> 'in_progress'
                when 'answered' then c.outcome = 'answered'
                else c.outcome in ('answered', 'abandoned') end
            when 'asa_s' then c.outcome = 'answered' and c.wait_s is not null
            when 'abandon_wait_avg_s' then c.outcome = 'abandoned' and c.wait_s is not null
            when 'talk_total_s' then c.outcome = 'answered'
            when 'talk_avg_s' then c.outcome = 'answered' and c.talk_s is not null
            when 'aht_s' then c.outcome = 'answered'
            when 'transferred' then c.outcome = 'answered' and c.transferred
            when 'unique_callers' then voip.caller_key(c.caller_e164, c.caller) <> ''
            else case
                when :figure like 'wait\_%' then c.outcome not in ('unserved', 'in_progress') and c.wait_s is not null
                else c.outcome = :figure end
        end as is_counted,
        case :figure
            when 'answered_pct' then c.outcome = 'answered'
            when 'abandoned_pct' then c.outcome = 'abandoned'
            when 'service_level_pct' then c.wait_s <= c.limit_s
                and (c.outcome = 'answered' or c.variant = 'with_abandoned' and c.outcome = 'abandoned')
        end as is_part
    from counted as c
)
select 'visit' as kind, j.entered_at as at, p.name as pbx, coalesce(o.linkedid, j.callid) as linkedid, j.queue, j.agent,
    j.caller as number, j.caller_e164 as e164, voip.caller_key(j.caller_e164, j.caller) as caller_key, j.outcome, j.wait_s,
    j.ring_s::bigint * 1000 as ring_ms, j.talk_s, coalesce(j.talk_s, 0) + j.wrap_s as work_s,
    case when j.is_part then 'yes' end as is_part
from judged as j
join voip.pbx as p on p.pbx_id = j.pbx_id
left join voip.call as o on o.call_id = j.call_id and o.pbx_id = j.pbx_id
where j.is_counted
order by j.entered_at, j.pbx_id, j.callid, j.queue, j.entry
limit :row_limit
