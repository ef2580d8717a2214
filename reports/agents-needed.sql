-- title: Agents needed
-- description: How many agents each half hour would have needed, by Erlang C and Erlang A, and how many were there: one row per half hour, PBX and queue with visits.
-- parameter: window_from timestamptz: First moment of the window.
-- parameter: window_to timestamptz: First moment after the window.
-- parameter: timezone text: IANA name of the zone of the times.
-- parameter: queue text = null: Only this queue.
-- parameter: pbx text = null: Only this PBX.
-- parameter: service_level integer = 20: Seconds within which a call should be answered.
-- parameter: wrap_up integer = 0: Seconds of work after a call.
-- parameter: overrides jsonb = {}: By queue name: service_level, wrap_up.
-- parameter: target integer = 80: The percentage of calls that should be answered in time.
-- main: offered, aht_s, erlangs, in_time_pct, agents_avg, agents_c, agents_a, expected_c_pct, expected_a_pct
-- column: period_start timestamp "from": Beginning of the half hour.
-- column: period_end timestamp "until": Its end.
-- column: timezone text: Zone of the times.
-- column: queue text: The queue.
-- column: offered integer: Visits that entered the queue in the half hour, short ones included.
-- column: answered integer: Visits that an agent answered.
-- column: abandoned integer: Visits in which the caller hung up, short ones included.
-- column: aht_s average "mean handling time": Mean talk of the visits of the half hour + wrap_up; of the whole window if no talk of the half hour is known.
-- column: patience_s average "mean patience": Of the queue in the whole window: waiting time of all visits that ended / abandoned. Empty if nobody hung up.
-- column: erlangs decimal: Work offered: offered x aht_s / 1800.
-- column: in_time_pct percent "in time, % of offered": Answered within service_level / offered.
-- column: agents_avg decimal "agents there": Members of the queue who were not paused, as a mean over the half hour; empty if the log has no members of the queue.
-- column: agents_c integer "needed by Erlang C": The fewest agents with whom target percent are answered in time, if nobody hangs up. Erlang C asks for too many where callers do hang up.
-- column: agents_a integer "needed by Erlang A": The same if callers hang up after patience_s on average; empty without a patience.
-- column: expected_c_pct percent "expected in time % by C": What Erlang C expects of the agents who were there, rounded to whole agents.
-- column: expected_a_pct percent "expected in time % by A": What Erlang A expects of them.
-- column: service_level_s duration "in time within": The wait that counts as in time.
-- column: target_pct percent "target %": The parameter target.
-- column: pbx text "PBX": The PBX of the queue.
with visit as (
    select v.pbx_id, voip.queue_key(v.queue) as queue_key, v.queue,
        to_timestamp(floor(extract(epoch from v.entered_at) / 1800) * 1800) as slot, v.outcome, v.wait_s,
        case when v.outcome = 'answered' then v.talk_s end as talk_s,
        coalesce((:overrides -> voip.queue_key(v.queue) ->> 'service_level')::integer, :service_level) as limit_s,
        coalesce((:overrides -> voip.queue_key(v.queue) ->> 'wrap_up')::integer, :wrap_up) as wrap_s
    from voip.counted_visits(:window_from, :window_to) as v
    where (:queue is null or voip.queue_key(v.queue) = voip.queue_key(:queue))
        and (:pbx is null or v.pbx_id = (select pbx_id from voip.pbx where name = :pbx))
),
queue as (
    select pbx_id, queue_key, mode() within group (order by queue) as queue, min(limit_s) as limit_s, min(wrap_s) as wrap_s,
        avg(talk_s) as talk_s,
        sum(wait_s) filter (where outcome not in ('unserved', 'in_progress'))::numeric
            / nullif(count(*) filter (where outcome = 'abandoned'), 0) as patience_s
    from visit
    group by 1, 2
),
slot as (
    select pbx_id, queue_key, slot, count(*) as offered, count(*) filter (where outcome = 'answered') as answered,
        count(*) filter (where outcome = 'abandoned') as abandoned,
        count(*) filter (where outcome = 'answered' and wait_s <= limit_s) as in_time, avg(talk_s) as talk_s
    from visit
    group by 1, 2, 3
),
data_end as (
    select pbx_id, last_event as at from voip.data_spans()
),
span as (
    select s.pbx_id, coalesce(a.agent, s.agent) as agent, s.kind = 'pause' as is_pause, voip.queue_key(s.queue) as queue_key,
        tstzrange(s.started_at, greatest(coalesce(s.ended_at, data_end.at), s.started_at)) as span
    from voip.agent_session as s
    left join data_end on data_end.pbx_id = s.pbx_id
    left join voip.agent_aliases as a on a.pbx_id = s.pbx_id and a.logged_name = s.agent
    where s.started_at < :window_to and (s.ended_at is null or s.ended_at >= :window_from) and s.kind in ('membership', 'pause')
),
there as (
    select m.pbx_id, m.queue_key,
        m.spans - coalesce((
            select range_agg(p.span) from span as p
            where p.pbx_id = m.pbx_id and p.agent = m.agent and p.is_pause and p.queue_key in ('', m.queue_key)), '{}') as spans
    from (
        select pbx_id, agent, queue_key, range_agg(span) as spans from span where not is_pause group by 1, 2, 3
    ) as m
    where (m.pbx_id, m.queue_key) in (select q.pbx_id, q.queue_key from queue as q)
),
present as (
    select t.pbx_id, t.queue_key, slot,
        sum(extract(epoch from least(upper(s), slot + interval '30 minutes') - greatest(lower(s), slot))) / 1800 as agents
    from there as t
    cross join unnest(t.spans) as s
    cross join generate_series(
        to_timestamp(floor(extract(epoch from greatest(lower(s), :window_from)) / 1800) * 1800),
        least(upper(s), :window_to) - interval '1 microsecond', interval '30 minutes') as slot
    group by 1, 2, 3
)
select f.slot as period_start, f.slot + interval '30 minutes' as period_end, :timezone as timezone, q.queue, f.offered, f.answered,
    f.abandoned, round(coalesce(f.talk_s, q.talk_s) + q.wrap_s, 1) as aht_s, round(q.patience_s, 1) as patience_s,
    round(f.offered * (coalesce(f.talk_s, q.talk_s) + q.wrap_s) / 1800, 1) as erlangs,
    round(100.0 * f.in_time / f.offered, 1) as in_time_pct,
    -- From `span` and not from `there`, which may be used only once: Citus loses a part of it otherwise (docs/scale.md).
    case when exists (select 1 from span as s where s.pbx_id = f.pbx_id and s.queue_key = f.queue_key and not s.is_pause)
        then round(coalesce(p.agents, 0), 1) end as agents_avg,
    null::integer as agents_c, null::integer as agents_a, null::numeric as expected_c_pct, null::numeric as expected_a_pct,
    q.limit_s as service_level_s, :target::numeric as target_pct, b.name as pbx
from slot as f
join queue as q using (pbx_id, queue_key)
join voip.pbx as b on b.pbx_id = f.pbx_id
left join present as p on p.pbx_id = f.pbx_id and p.queue_key = f.queue_key and p.slot = f.slot
order by f.slot, lower(q.queue), b.name
