-- title: Rings
-- description: How often the phones of agents rang, and what became of it: one row per period, PBX, agent and queue.
-- parameter: window_from timestamptz: First moment of the window.
-- parameter: window_to timestamptz: First moment after the window.
-- parameter: periods timestamptz[]: Beginnings of the window's periods, in order.
-- parameter: timezone text: IANA name of the zone that the periods are made for.
-- parameter: queue text = null: Only this queue.
-- parameter: agent text = null: Only this agent.
-- parameter: pbx text = null: Only this PBX.
-- parameter: refused_ms integer = 2000: A missed ring shorter than this many milliseconds counts as refused.
-- parameter: totals boolean = false: Whether a last row covers all agents, queues and periods.
-- column: period_start timestamp "from": Beginning of the period, inclusive.
-- column: period_end timestamp "until": End of the period, exclusive.
-- column: timezone text: Zone of the periods.
-- column: agent text: The agent's name in the queues.
-- column: queue text: The queue.
-- column: rings integer: answered + missed + canceled.
-- column: answered integer: Calls that the agent answered, in the period in which the caller entered the queue.
-- column: missed integer: Rings that ended without an answer, in the period in which they ended (RINGNOANSWER).
-- column: refused integer: Missed ones that rang for less than refused_ms: the agent rejected the call, or the phone was busy or set to do not disturb.
-- column: canceled integer "taken back": Rings that the queue took back, because the caller hung up or another agent answered first (RINGCANCELED).
-- column: answered_pct percent "answered, % of answered and missed": answered / (answered + missed).
-- column: missed_ring_s duration "ringing of missed": Ringing time of the missed ones.
-- column: missed_ring_avg_s average "mean ringing of missed": missed_ring_s / missed.
-- column: pbx text "PBX": The PBX of the agent.
-- check: rings = answered + missed + canceled
with period as (
    select n, begins, lead(begins, 1, :window_to) over (order by n) as ends
    from unnest(:periods) with ordinality as list (begins, n)
),
-- This CTE and `ring` are materialized for a cluster: Citus loses a part of them otherwise (docs/scale.md).
alias as materialized (
    select pbx_id, logged_name, agent from voip.agent_aliases
),
visit as (
    select pbx_id, agent, queue, width_bucket(entered_at, :periods) as period, count(*) as answered, 0 as missed, 0 as refused,
        0 as canceled, 0::bigint as missed_ms
    from voip.counted_visits(:window_from, :window_to)
    where outcome = 'answered' and agent is not null
    group by 1, 2, 3, 4
),
attempt as (
    select pbx_id, agent, queue, width_bucket(at, :periods) as period, 0 as answered,
        count(*) filter (where is_missed) as missed, count(*) filter (where is_missed and ms < :refused_ms) as refused,
        count(*) filter (where not is_missed) as canceled, sum(ms) filter (where is_missed)::bigint as missed_ms
    from (
        select pbx_id, agent, coalesce(queue, '') as queue, at, event = 'RINGNOANSWER' as is_missed,
            case when data1 ~ '^[0-9]{1,9}$' then data1::bigint else 0 end as ms
        from voip.queue_event
        where at >= :window_from and at < :window_to and event in ('RINGNOANSWER', 'RINGCANCELED') and agent is not null
    ) as ring
    group by 1, 2, 3, 4
),
ring as materialized (
    select * from visit union all select * from attempt
),
-- An agent may be logged under several names, and a queue in several spellings.
named as (
    select r.pbx_id, coalesce(a.agent, r.agent) as agent, voip.queue_key(r.queue) as queue_key, mode() within group (order by r.queue) as queue,
        r.period, sum(r.answered)::bigint as answered, sum(r.missed)::bigint as missed, sum(r.refused)::bigint as refused,
        sum(r.canceled)::bigint as canceled, coalesce(sum(r.missed_ms), 0)::bigint as missed_ms
    from ring as r
    left join alias as a on a.pbx_id = r.pbx_id and a.logged_name = r.agent
    where (:queue is null or voip.queue_key(r.queue) = voip.queue_key(:queue))
        and (:pbx is null or r.pbx_id = (select pbx_id from voip.pbx where name = :pbx))
    group by 1, 2, 3, 5
),
line as (
    select p.begins, p.ends, n.agent, n.queue, n.answered, n.missed, n.refused, n.canceled, n.missed_ms, b.name as pbx
    from named as n
    join period as p on p.n = n.period
    join voip.pbx as b on b.pbx_id = n.pbx_id
    where :agent is null or n.agent = :agent or exists (
        select 1 from voip.agents as a
        where a.pbx_id = n.pbx_id and a.agent = n.agent and a.extension = :agent)
        or exists (
            select 1 from voip.agent_aliases as a
            where a.pbx_id = n.pbx_id and a.agent = n.agent and a.logged_name = :agent)
),
total as (
    select null::timestamptz, null::timestamptz, null, null, sum(answered)::bigint, sum(missed)::bigint, sum(refused)::bigint,
        sum(canceled)::bigint, sum(missed_ms)::bigint, case when min(pbx) = max(pbx) then min(pbx) end
    from line
    having :totals and count(*) > 1
)
select begins as period_start, ends as period_end, :timezone as timezone, agent, queue,
    answered + missed + canceled as rings, answered, missed, refused, canceled,
    round(100.0 * answered / nullif(answered + missed, 0), 1) as answered_pct,
    round(missed_ms / 1000.0) as missed_ring_s, round(missed_ms / 1000.0 / nullif(missed, 0), 1) as missed_ring_avg_s, pbx
from (select * from line union all select * from total) as f
order by begins nulls last, agent, queue, pbx
