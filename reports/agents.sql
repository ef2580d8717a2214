-- title: Agents
-- description: What each agent answered and missed, how long they were logged in, paused, ringing and talking: one row per period, PBX and agent with any of these.
-- parameter: window_from timestamptz: First moment of the window.
-- parameter: window_to timestamptz: First moment after the window.
-- parameter: periods timestamptz[]: Beginnings of the window's periods, in order.
-- parameter: timezone text: IANA name of the zone that the periods are made for.
-- parameter: queue text = null: Only this queue.
-- parameter: agent text = null: Only this agent: name, interface or extension.
-- parameter: pbx text = null: Only this PBX.
-- parameter: wrap_up integer = 0: Seconds of work after a call.
-- parameter: overrides jsonb = {}: By queue name: wrap_up.
-- parameter: totals boolean = false: Whether a last row covers all agents and periods.
-- main: answered, ring_no_answer, answered_pct, outbound_calls, talk_s, pause_s, login_s, aht_s, occupancy_pct
-- column: period_start timestamp "from": Beginning of the period, inclusive.
-- column: period_end timestamp "until": End of the period, exclusive.
-- column: timezone text: Zone of the periods.
-- column: agent text: The agent's name in the queues.
-- column: extension text: The agent's extension.
-- column: queues text: Queues in which the agent was a member, was called or answered, separated by semicolons.
-- column: login_s duration "logged in": Union of the memberships of all queues, cut to the period; empty if the log has none.
-- column: pause_s duration "paused": Union of the pauses inside login_s.
-- column: available_s duration "available": login_s - pause_s.
-- column: ring_s duration "ringing": Ringing time, answered or not.
-- column: talk_s duration "talk": Talk time of the answered queue calls.
-- column: wrap_s duration "wrap-up": Wrap-up after calls: as configured, but at most until the agent's next event.
-- column: offered integer "rings": answered + ring_no_answer.
-- column: answered integer: Queue calls that the agent answered, in the period in which the caller entered the queue.
-- column: ring_no_answer integer "missed": How often the phone rang until the queue gave up.
-- column: ring_no_answer_s duration "ringing of missed": How long the phone rang in these cases.
-- column: answered_pct percent "answered, % of rings": answered / rings.
-- column: transferred integer: Answered calls that the agent transferred.
-- column: outbound_calls integer "outbound calls": Outbound calls of the agent's extension.
-- column: outbound_talk_s duration "outbound talk": Talk time of these calls.
-- column: aht_s average "mean handling time": (talk_s + wrap_s) / answered.
-- column: occupancy_pct percent "occupancy %": (talk_s + wrap_s) / (login_s - pause_s).
-- column: utilisation_pct percent "utilisation %": (talk_s + wrap_s) / login_s.
-- column: calls_per_hour decimal: answered / login hours.
-- column: first_login timestamp: First login of the period; empty if the agent was logged in when it began.
-- column: last_logout timestamp: Last logout of the period; empty if the agent was still logged in at its end.
-- column: session_source text "sessions from": members (ADDMEMBER), login (AGENTLOGIN) or static (the log has no sessions).
-- column: pbx text "PBX": The PBX of the agent.
-- check: offered = answered + ring_no_answer
with period as (
    select n, begins, lead(begins, 1, :window_to) over (order by n) as ends
    from unnest(:periods) with ordinality as list (begins, n)
),
-- Sums by the logged names; there are few, so everything after this is small. If there is only one period, its number
-- is given as a constant, so that the planner expects few groups and works in parallel.
visit as (
    select pbx_id, agent as logged_name, queue,
        case when cardinality(:periods) = 1 then 1 else width_bucket(entered_at, :periods) end as period,
        count(*) as answered, sum(ring_s) as ring_s, sum(talk_s) as talk_s,
        count(*) filter (where transferred) as transferred
    from voip.counted_visits(:window_from, :window_to)
    where outcome = 'answered' and agent is not null
        and (:queue is null or voip.queue_key(queue) = voip.queue_key(:queue))
        and (:pbx is null or pbx_id = (select pbx_id from voip.pbx where name = :pbx))
    group by 1, 2, 3, 4
),
-- Attempts that nobody answered count at the time when they ended, whatever became of the caller.
attempt as (
    select pbx_id, agent as logged_name, queue,
        case when cardinality(:periods) = 1 then 1 else width_bucket(at, :periods) end as period,
        count(*) filter (where event = 'RINGNOANSWER') as missed,
        sum(case when data1 ~ '^[0-9]{1,9}$' then data1::bigint else 0 end) filter (where event = 'RINGNOANSWER') as missed_ms,
        sum(case when data1 ~ '^[0-9]{1,9}$' then data1::bigint else 0 end) as ring_ms
    from voip.queue_event
    where at >= :window_from and at < :window_to
        and event in ('RINGNOANSWER', 'RINGCANCELED') and agent is not null
        and (:queue is null or voip.queue_key(queue) = voip.queue_key(:queue))
        and (:pbx is null or pbx_id = (select pbx_id from voip.pbx where name = :pbx))
    group by 1, 2, 3, 4
),
-- Spans that are open at the end of the data end there, because what came later is unknown.
data_end as (
    select pbx_id, last_event as at from voip.data_spans()
),
span as (
    select s.pbx_id, coalesce(a.agent, s.agent) as agent, s.kind, s.queue, s.started_at,
        coalesce(s.ended_at, greatest(data_end.at, s.started_at)) as ended_at, s.ended_at is null as open
    from voip.agent_session as s
    left join data_end on data_end.pbx_id = s.pbx_id
    left join voip.agent_aliases as a on a.pbx_id = s.pbx_id and a.logged_name = s.agent
    where s.started_at < :window_to and (s.ended_at is null or s.ended_at >= :window_from)
        and (:queue is null or s.queue = '' or voip.queue_key(s.queue) = voip.queue_key(:queue))
        and (:pbx is null or s.pbx_id = (select pbx_id from voip.pbx where name = :pbx))
),
-- Overlapping and touching spans of one agent are merged: a span that begins after all earlier ones ended starts a new
-- one.
merged as (
    select pbx_id, agent, is_pause, min(started_at) as started_at, max(ended_at) as ended_at,
        (array_agg(open order by ended_at desc, open desc))[1] as open
    from (
        select *, count(*) filter (where anew) over (
            partition by pbx_id, agent, is_pause order by started_at, ended_at rows unbounded preceding) as island
        from (
            select pbx_id, agent, kind = 'pause' as is_pause, started_at, ended_at, open,
                started_at > max(ended_at) over (
                    partition by pbx_id, agent, kind = 'pause' order by started_at, ended_at
                    rows between unbounded preceding and 1 preceding) is not false as anew
            from span
        ) as marked
    ) as numbered
    group by pbx_id, agent, is_pause, island
),
login as (
    select pbx_id, agent, started_at, ended_at, open from merged where not is_pause
),
-- A static member has no login that could contain the pauses.
pause as (
    select p.pbx_id, p.agent, greatest(p.started_at, l.started_at) as started_at, least(p.ended_at, l.ended_at) as ended_at
    from merged as p
    join login as l on l.pbx_id = p.pbx_id and l.agent = p.agent and l.started_at < p.ended_at
        and p.started_at < l.ended_at
    where p.is_pause
    union all
    select pbx_id, agent, started_at, ended_at
    from merged as p
    where is_pause and not exists (select 1 from login as l where l.pbx_id = p.pbx_id and l.agent = p.agent)
),
logged_in as (
    select l.pbx_id, l.agent, p.n as period,
        sum(extract(epoch from least(l.ended_at, p.ends) - greatest(l.started_at, p.begins))) as login_s,
        case when bool_and(l.started_at >= p.begins) then min(l.started_at) end as first_login,
        case when bool_and(l.ended_at <= p.ends and not l.open) then max(l.ended_at) end as last_logout
    from login as l
    -- From the period in which it began to the one in which it ended. The planner expects ten elements of a slice, but
    -- a thousand numbers of a series.
    cross join unnest((:periods)[
        greatest(width_bucket(l.started_at, :periods), 1)
        : width_bucket(l.ended_at - interval '1 microsecond', :periods)]) as touched (begins)
    join period as p on p.begins = touched.begins
    group by 1, 2, 3
),
paused as (
    select l.pbx_id, l.agent, p.n as period,
        sum(extract(epoch from least(l.ended_at, p.ends) - greatest(l.started_at, p.begins))) as pause_s
    from pause as l
    cross join unnest((:periods)[
        greatest(width_bucket(l.started_at, :periods), 1)
        : width_bucket(l.ended_at - interval '1 microsecond', :periods)]) as touched (begins)
    join period as p on p.begins = touched.begins
    group by 1, 2, 3
),
wrapped as (
    select pbx_id, agent, period, sum(least(wrap_up, extract(epoch from next_at - left_at)::integer)) as wrap_s
    from (
        select pbx_id, agent, width_bucket(entered_at, :periods) as period, left_at, next_at,
            coalesce((:overrides -> voip.queue_key(queue) ->> 'wrap_up')::integer, :wrap_up) as wrap_up
        from voip.wrap_ups(:window_from, :window_to)
        where (:wrap_up > 0 or :overrides::text like '%"wrap_up"%')
            and (:queue is null or voip.queue_key(queue) = voip.queue_key(:queue))
    ) as work
    group by 1, 2, 3
),
-- The queues by name, each with a bit of its own: a set of queues is then a number that costs little to add to. If a
-- queue has two spellings, the one used by its visits is shown, otherwise the first.
known_queue as materialized (
    select pbx_id, queue_key, queue, set_bit(none, place, 1) as bit, place
    from (
        select pbx_id, queue_key, queue, (row_number() over by_name)::integer - 1 as place,
            repeat('0', (count(*) over ())::integer)::varbit as none
        from (
            select distinct on (pbx_id, queue_key) pbx_id, queue_key, queue
            from (
                select pbx_id, voip.queue_key(queue) as queue_key, queue,
                    count(*) filter (where source = 'queue_log') as logged, count(*) as visits
                from voip.queue_visit
                where entered_at >= :window_from and entered_at < :window_to
                group by 1, 3
                union all
                select pbx_id, voip.queue_key(queue), queue, 0, 0 from attempt where queue is not null group by 1, 3
                union all
                select pbx_id, voip.queue_key(queue), queue, 0, 0 from span where queue <> '' group by 1, 3
            ) as spelled
            order by pbx_id, queue_key, logged desc, visits desc, queue
        ) as spelling
        window by_name as (order by queue, pbx_id)
    ) as numbered
),
answered as (
    select v.pbx_id, coalesce(a.agent, v.logged_name) as agent, v.period, sum(v.answered) as answered,
        sum(v.ring_s) as ring_s, sum(v.talk_s) as talk_s, sum(v.transferred) as transferred, bit_or(q.bit) as queues
    from visit as v
    join known_queue as q on q.pbx_id = v.pbx_id and q.queue_key = voip.queue_key(v.queue)
    left join voip.agent_aliases as a on a.pbx_id = v.pbx_id and a.logged_name = v.logged_name
    group by 1, 2, 3
),
attempted as (
    select t.pbx_id, coalesce(a.agent, t.logged_name) as agent, t.period, sum(t.missed) as missed,
        sum(t.missed_ms) as missed_ms, sum(t.ring_ms) as ring_ms, bit_or(q.bit) as queues
    from attempt as t
    left join known_queue as q on q.pbx_id = t.pbx_id and q.queue_key = voip.queue_key(t.queue)
    left join voip.agent_aliases as a on a.pbx_id = t.pbx_id and a.logged_name = t.logged_name
    group by 1, 2, 3
),
member as (
    select s.pbx_id, s.agent, p.n as period, bit_or(q.bit) as queues
    from span as s
    join known_queue as q on q.pbx_id = s.pbx_id and q.queue_key = voip.queue_key(s.queue)
    cross join unnest((:periods)[
        greatest(width_bucket(s.started_at, :periods), 1)
        : width_bucket(s.ended_at - interval '1 microsecond', :periods)]) as touched (begins)
    join period as p on p.begins = touched.begins
    where s.kind <> 'pause' and s.queue <> ''
    group by 1, 2, 3
),
worked_for as (
    select pbx_id, agent, period, bit_or(queues) as queues
    from (
        select pbx_id, agent, period, queues from answered
        union all
        select pbx_id, agent, period, queues from attempted
        union all
        select pbx_id, agent, period, queues from member
    ) as work
    group by 1, 2, 3
),
-- The same few sets come back in every period: each is written out once.
queue_list as (
    select s.queues, string_agg(distinct q.queue, ';' order by q.queue) as names
    from (select distinct queues from worked_for) as s
    join known_queue as q on get_bit(s.queues, q.place) = 1
    group by s.queues
),
-- An agent's number inside the PBX: as learned, otherwise from the interface or the logged name (PJSIP/101).
identity as (
    select pbx_id, agent, extension, seen_at from voip.agents where extension is not null
    union
    select pbx_id, agent, voip.agent_extension(agent), null
    from (
        select pbx_id, agent from answered
        union
        select pbx_id, agent from attempted
    ) as logged
    where voip.agent_extension(agent) is not null
),
-- An outbound call belongs to one agent, though several may have had the extension.
outbound as (
    select i.pbx_id, i.agent, width_bucket(c.started_at, :periods) as period, count(*) as calls, sum(c.talk_s) as talk_s
    from voip.call as c
    join (
        select distinct on (pbx_id, extension) pbx_id, extension, agent
        from identity
        order by pbx_id, extension, seen_at desc nulls last, agent
    ) as i on i.pbx_id = c.pbx_id and i.extension = c.extension
    where c.direction = 'outbound' and c.started_at >= :window_from and c.started_at < :window_to
    group by 1, 2, 3
),
-- Only queue work and sessions make somebody an agent: making a call does not.
row as (
    select pbx_id, agent, period from answered
    union
    select pbx_id, agent, period from attempted
    union
    select pbx_id, agent, period from logged_in
    union
    select pbx_id, agent, period from paused
    union
    select o.pbx_id, o.agent, o.period from outbound as o
    where exists (select 1 from answered as a where a.pbx_id = o.pbx_id and a.agent = o.agent)
        or exists (select 1 from span as s where s.pbx_id = o.pbx_id and s.agent = o.agent)
),
agent as (
    select a.pbx_id, a.agent, string_agg(distinct i.extension, ';' order by i.extension) as extension,
        case
            when exists (
                select 1 from span as s where s.pbx_id = a.pbx_id and s.agent = a.agent and s.kind = 'membership')
                then 'members'
            when exists (
                select 1 from span as s where s.pbx_id = a.pbx_id and s.agent = a.agent and s.kind = 'login')
                then 'login'
            else 'static'
        end as session_source
    from (select distinct pbx_id, agent from row) as a
    left join identity as i on i.pbx_id = a.pbx_id and i.agent = a.agent
    group by a.pbx_id, a.agent
),
figure as (
    select r.pbx_id, r.period, r.agent, a.extension, a.session_source, q.names as queues,
        case when a.session_source <> 'static' then coalesce(round(l.login_s), 0) end as login_s,
        coalesce(round(s.pause_s), 0) as pause_s,
        coalesce(v.ring_s, 0) + coalesce(t.ring_ms, 0) / 1000.0 as ring_s,
        case when coalesce(v.answered, 0) = 0 then 0 else v.talk_s end as talk_s,
        coalesce(w.wrap_s, 0) as wrap_s,
        coalesce(v.answered, 0) as answered,
        coalesce(t.missed, 0) as ring_no_answer,
        coalesce(t.missed_ms, 0) / 1000.0 as ring_no_answer_s,
        coalesce(v.transferred, 0) as transferred,
        coalesce(o.calls, 0) as outbound_calls,
        coalesce(o.talk_s, 0) as outbound_talk_s,
        l.first_login, l.last_logout
    from row as r
    join agent as a using (pbx_id, agent)
    left join worked_for as f using (pbx_id, agent, period)
    left join queue_list as q using (queues)
    left join logged_in as l using (pbx_id, agent, period)
    left join paused as s using (pbx_id, agent, period)
    left join answered as v using (pbx_id, agent, period)
    left join attempted as t using (pbx_id, agent, period)
    left join wrapped as w using (pbx_id, agent, period)
    left join outbound as o using (pbx_id, agent, period)
),
-- What adds up, for each row of the report.
line as (
    select p.begins, p.ends, f.agent, f.extension, f.queues, f.login_s, f.pause_s, f.login_s - f.pause_s as available_s,
        f.ring_s, f.talk_s, f.wrap_s, f.answered, f.ring_no_answer, f.ring_no_answer_s, f.transferred, f.outbound_calls,
        f.outbound_talk_s,
        -- The work of agents without sessions cannot be compared with a time.
        case when f.login_s is not null then f.talk_s + f.wrap_s end as timed_work_s,
        case when f.login_s is not null then f.answered end as timed_answered,
        f.first_login, f.last_logout, f.session_source, b.name as pbx
    from figure as f
    join period as p on p.n = f.period
    join voip.pbx as b on b.pbx_id = f.pbx_id
    where :agent is null or f.agent = :agent or :agent = any(string_to_array(f.extension, ';'))
        or exists (
            select 1 from voip.agent_aliases as a
            where a.pbx_id = f.pbx_id and a.agent = f.agent and a.logged_name = :agent)
),
total as (
    select null::timestamptz, null::timestamptz, null, null, null, sum(login_s), sum(pause_s), sum(available_s), sum(ring_s),
        case when sum(answered) = 0 then 0 else sum(talk_s) end, sum(wrap_s), sum(answered), sum(ring_no_answer),
        sum(ring_no_answer_s), sum(transferred), sum(outbound_calls), sum(outbound_talk_s), sum(timed_work_s),
        sum(timed_answered), null::timestamptz, null::timestamptz,
        case when min(session_source) = max(session_source) then min(session_source) end,
        case when min(pbx) = max(pbx) then min(pbx) end
    from line
    having :totals and count(*) > 1
)
select
    f.begins as period_start,
    f.ends as period_end,
    :timezone as timezone,
    f.agent,
    f.extension,
    f.queues,
    f.login_s,
    f.pause_s,
    f.available_s,
    round(f.ring_s) as ring_s,
    f.talk_s,
    f.wrap_s,
    f.answered + f.ring_no_answer as offered,
    f.answered,
    f.ring_no_answer,
    round(f.ring_no_answer_s) as ring_no_answer_s,
    round(100.0 * f.answered / nullif(f.answered + f.ring_no_answer, 0), 1) as answered_pct,
    f.transferred,
    f.outbound_calls,
    f.outbound_talk_s,
    round((f.talk_s + f.wrap_s) / nullif(f.answered, 0)::numeric, 1) as aht_s,
    round(100.0 * f.timed_work_s / nullif(f.available_s, 0), 1) as occupancy_pct,
    round(100.0 * f.timed_work_s / nullif(f.login_s, 0), 1) as utilisation_pct,
    round(3600.0 * f.timed_answered / nullif(f.login_s, 0), 1) as calls_per_hour,
    f.first_login,
    f.last_logout,
    f.session_source,
    f.pbx
from (select * from line union all select * from total) as f
order by f.begins nulls last, f.agent, f.pbx
