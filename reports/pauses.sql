-- title: Pauses
-- description: How long agents paused, by reason: one row per period, PBX, agent and reason.
-- parameter: window_from timestamptz: First moment of the window.
-- parameter: window_to timestamptz: First moment after the window.
-- parameter: periods timestamptz[]: Beginnings of the window's periods, in order.
-- parameter: timezone text: IANA name of the zone that the periods are made for.
-- parameter: queue text = null: Only pauses in this queue, or in all queues.
-- parameter: agent text = null: Only this agent.
-- parameter: pbx text = null: Only this PBX.
-- parameter: totals boolean = false: Whether a last row covers all agents, reasons and periods.
-- column: period_start timestamp "from": Beginning of the period, inclusive.
-- column: period_end timestamp "until": End of the period, exclusive.
-- column: timezone text: Zone of the periods.
-- column: agent text: The agent's name in the queues.
-- column: reason text: The reason that was given for the pause; empty if none was.
-- column: pauses integer: Pauses that began in the period.
-- column: pause_s duration "paused": Time paused for this reason while logged in, cut to the period. If pauses overlap, the time belongs to the one that began last, so all reasons together are pause_s of the report agents.
-- column: pause_max_s duration "longest": The longest of these pauses, cut to the period.
-- column: pause_pct percent "% of all pauses": pause_s / all pauses of the agent in the period; in the last row, of all agents.
-- column: login_pct percent "% of time logged in": pause_s / the agent's time logged in; in the last row, of all agents, paused or not. Empty if the log has no sessions of the agent.
-- column: pbx text "PBX": The PBX of the agent.
with period as (
    select n, begins, lead(begins, 1, :window_to) over (order by n) as ends
    from unnest(:periods) with ordinality as list (begins, n)
),
data_end as (
    select pbx_id, last_event as at from voip.data_spans()
),
span as (
    select s.pbx_id, coalesce(a.agent, s.agent) as agent, s.kind = 'pause' as is_pause, nullif(s.reason, '') as reason, s.started_at,
        coalesce(s.ended_at, greatest(data_end.at, s.started_at)) as ended_at
    from voip.agent_session as s
    left join data_end on data_end.pbx_id = s.pbx_id
    left join voip.agent_aliases as a on a.pbx_id = s.pbx_id and a.logged_name = s.agent
    where s.started_at < :window_to and (s.ended_at is null or s.ended_at >= :window_from)
        and (:queue is null or s.queue = '' or voip.queue_key(s.queue) = voip.queue_key(:queue))
        and (:pbx is null or s.pbx_id = (select pbx_id from voip.pbx where name = :pbx))
        and (:agent is null or coalesce(a.agent, s.agent) = :agent or s.agent = :agent or exists (
            select 1 from voip.agents as x
            where x.pbx_id = s.pbx_id and x.agent = coalesce(a.agent, s.agent) and x.extension = :agent))
),
login as (
    select pbx_id, agent, range_agg(tstzrange(started_at, ended_at)) as spans
    from span
    where not is_pause and ended_at > started_at
    group by 1, 2
),
-- The moments at which an agent's pauses begin or end divide the time; each part belongs to the pause that began last.
edge as (
    select pbx_id, agent, at, lead(at) over (partition by pbx_id, agent order by at) as next_at
    from (
        select pbx_id, agent, started_at as at from span where is_pause
        union
        select pbx_id, agent, ended_at from span where is_pause
    ) as bound
),
part as (
    select distinct on (e.pbx_id, e.agent, e.at) e.pbx_id, e.agent, e.at, e.next_at, s.reason, s.started_at
    from edge as e
    join span as s on s.pbx_id = e.pbx_id and s.agent = e.agent and s.is_pause and s.started_at <= e.at and s.ended_at > e.at
    where e.next_at is not null
    order by e.pbx_id, e.agent, e.at, s.started_at desc, s.reason desc nulls last
),
-- Parts of one pause: the pauses of several queues that begin at once, and what a later pause interrupted.
pause as (
    select p.pbx_id, p.agent, p.reason, p.started_at as begun, range_agg(tstzrange(p.at, p.next_at)) as spans
    from part as p
    group by 1, 2, 3, 4
),
-- A static member has no login that could contain the pauses.
timed as (
    select p.pbx_id, p.agent, p.reason, p.begun,
        case when l.spans is null then p.spans else p.spans * l.spans end as spans
    from pause as p
    left join login as l on l.pbx_id = p.pbx_id and l.agent = p.agent
),
cut as (
    select t.pbx_id, t.agent, t.reason, p.n as period, t.begun >= p.begins and t.begun < p.ends as begins_here,
        (select coalesce(sum(extract(epoch from upper(s) - lower(s))), 0)
            from unnest(t.spans * tstzmultirange(tstzrange(p.begins, p.ends))) as s) as pause_s
    from timed as t
    cross join generate_series(
        greatest(width_bucket(lower(t.spans), :periods), 1),
        width_bucket(upper(t.spans) - interval '1 microsecond', :periods)) as touched
    join period as p on p.n = touched
    where not isempty(t.spans)
),
logged_in as (
    select l.pbx_id, l.agent, p.n as period,
        (select sum(extract(epoch from upper(s) - lower(s)))
            from unnest(l.spans * tstzmultirange(tstzrange(p.begins, p.ends))) as s) as login_s
    from login as l
    cross join period as p
    where l.spans && tstzrange(p.begins, p.ends)
),
line as (
    select p.begins, p.ends, c.agent, c.reason, count(*) filter (where c.begins_here) as pauses, sum(c.pause_s) as pause_s,
        max(c.pause_s) as longest_s, sum(sum(c.pause_s)) over (partition by c.pbx_id, c.agent, c.period) as all_s,
        max(l.login_s) as login_s, b.name as pbx, c.period, c.pbx_id
    from cut as c
    join period as p on p.n = c.period
    join voip.pbx as b on b.pbx_id = c.pbx_id
    left join logged_in as l on l.pbx_id = c.pbx_id and l.agent = c.agent and l.period = c.period
    where c.pause_s > 0
    group by p.begins, p.ends, c.agent, c.reason, b.name, c.period, c.pbx_id
),
total as (
    select null::timestamptz, null::timestamptz, null, null, sum(pauses)::bigint, sum(pause_s), max(longest_s), sum(pause_s),
        case when bool_and(login_s is not null) then (select sum(login_s) from logged_in) end,
        case when min(pbx) = max(pbx) then min(pbx) end, null::bigint, null::smallint
    from line
    having :totals and count(*) > 1
)
select begins as period_start, ends as period_end, :timezone as timezone, agent, reason, pauses, round(pause_s) as pause_s,
    round(longest_s) as pause_max_s, round(100.0 * pause_s / nullif(all_s, 0), 1) as pause_pct,
    round(100.0 * pause_s / nullif(login_s, 0), 1) as login_pct, pbx
from (select * from line union all select * from total) as f
order by begins nulls last, agent, pause_s desc, reason nulls last, pbx
