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
-- What the names are numbered from: there are few agents and queues, but many visits and attempts.
with visited as materialized (
    select pbx_id, agent, queue, count(*) filter (where source = 'queue_log') as logged, count(*) as visits
    from voip.queue_visit
    where entered_at >= :window_from and entered_at < :window_to
    group by 1, 2, 3
),
called as materialized (
    select pbx_id, agent as logged_name, queue
    from voip.queue_event
    where at >= :window_from and at < :window_to and event in ('RINGNOANSWER', 'RINGCANCELED') and agent is not null
    group by 1, 2, 3
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
                    sum(logged) as logged, sum(visits) as visits
                from visited
                group by 1, 3
                union all
                select pbx_id, voip.queue_key(queue), queue, 0, 0 from called where queue is not null
                union all
                select pbx_id, voip.queue_key(queue), queue, 0, 0 from span where queue <> '' group by 1, 3
            ) as spelled
            order by pbx_id, queue_key, logged desc, visits desc, queue
        ) as spelling
        window by_name as (order by queue, pbx_id)
    ) as numbered
),
-- The logged names and whose they are.
logged as materialized (
    select n.pbx_id, n.name, coalesce(a.agent, n.name) as agent
    from (
        select pbx_id, agent as name from visited where agent is not null
        union
        select pbx_id, logged_name from called
    ) as n
    left join voip.agent_aliases as a on a.pbx_id = n.pbx_id and a.logged_name = n.name
),
-- The agents, numbered from 0. Number and period make a slot, a single number by which everything is put together; there may be
-- more slots than an integer counts.
known_agent as materialized (
    select row_number() over () - 1 as no, *
    from (
        select pbx_id, agent, bool_or(kind = 'membership') as is_member, bool_or(kind = 'login') as logs_in,
            bool_or(kind is not null) as has_span
        from (
            select pbx_id, agent, null as kind from logged
            union
            select pbx_id, agent, kind from span
        ) as named
        group by 1, 2
    ) as agent
),
-- Sessions by the periods that they reach, from the one in which they began to the one in which they ended.
attended as (
    select a.no * cardinality(:periods) + p.n as slot, bool_or(l.part <> 'member') as is_row,
        sum(extract(epoch from least(l.ended_at, p.ends) - greatest(l.started_at, p.begins)))
            filter (where l.part = 'login') as login_s,
        sum(extract(epoch from least(l.ended_at, p.ends) - greatest(l.started_at, p.begins)))
            filter (where l.part = 'pause') as pause_s,
        case when bool_and(l.started_at >= p.begins) filter (where l.part = 'login')
            then min(l.started_at) filter (where l.part = 'login') end as first_login,
        case when bool_and(l.ended_at <= p.ends and not l.open) filter (where l.part = 'login')
            then max(l.ended_at) filter (where l.part = 'login') end as last_logout,
        bit_or(l.bit) as queues
    from (
        select 'login' as part, pbx_id, agent, started_at, ended_at, open, null::varbit as bit from login
        union all
        select 'pause', pbx_id, agent, started_at, ended_at, null, null from pause
        union all
        select 'member', s.pbx_id, s.agent, s.started_at, s.ended_at, null, q.bit
        from span as s
        join known_queue as q on q.pbx_id = s.pbx_id and q.queue_key = voip.queue_key(s.queue)
        where s.kind <> 'pause' and s.queue <> ''
    ) as l
    join known_agent as a on a.pbx_id = l.pbx_id and a.agent = l.agent
    -- The planner expects ten elements of a slice, but a thousand numbers of a series.
    cross join lateral (
        select greatest(width_bucket(l.started_at, :periods), 1) as first_n,
            width_bucket(l.ended_at - interval '1 microsecond', :periods) as last_n) as reach
    cross join lateral (
        select reach.first_n + t.place - 2 as n, t.begins, coalesce((:periods)[reach.first_n + t.place], :window_to) as ends
        from unnest((:periods)[reach.first_n : reach.last_n]) with ordinality as t (begins, place)) as p
    group by 1
),
wrapped as (
    select slot, sum(least(wrap_up, extract(epoch from next_at - left_at)::integer)) as wrap_s
    from (
        select a.no * cardinality(:periods) + width_bucket(w.entered_at, :periods) - 1 as slot, w.left_at, w.next_at,
            coalesce((:overrides -> voip.queue_key(w.queue) ->> 'wrap_up')::integer, :wrap_up) as wrap_up
        from voip.wrap_ups(:window_from, :window_to) as w
        join known_agent as a on a.pbx_id = w.pbx_id and a.agent = w.agent
        where (:wrap_up > 0 or :overrides::text like '%"wrap_up"%')
            and (:queue is null or voip.queue_key(w.queue) = voip.queue_key(:queue))
    ) as work
    group by 1
),
-- Whose the visits of a name in a queue are, as lists: processes that work side by side are given these, but no rows.
owner as materialized (
    select array_agg(v.pbx_id) as pbx_ids, array_agg(v.agent) as names, array_agg(v.queue) as queues,
        array_agg(a.no) as numbers, array_agg(q.bit) as bits
    from visited as v
    join logged as l on l.pbx_id = v.pbx_id and l.name = v.agent
    join known_agent as a on a.pbx_id = l.pbx_id and a.agent = l.agent
    join known_queue as q on q.pbx_id = v.pbx_id and q.queue_key = voip.queue_key(v.queue)
),
answered as materialized (
    select o.no * cardinality(:periods) + v.period - 1 as slot, count(*) as answered, sum(v.ring_s) as ring_s,
        sum(v.talk_s) as talk_s, count(*) filter (where v.transferred) as transferred, bit_or(o.bit) as queues
    from (
        -- The offset, as in voip.queue_figures, lets the planner expect few slots.
        select pbx_id, agent, queue, width_bucket(entered_at, :periods) as period, ring_s, talk_s, transferred
        from voip.counted_visits(:window_from, :window_to)
        where outcome = 'answered' and agent is not null
            and (:queue is null or voip.queue_key(queue) = voip.queue_key(:queue))
            and (:pbx is null or pbx_id = (select pbx_id from voip.pbx where name = :pbx))
        offset '0'
    ) as v
    -- Every visit has an owner, but an inner join would look to the planner as if few had.
    left join unnest(
        (select pbx_ids from owner), (select names from owner), (select queues from owner), (select numbers from owner),
        (select bits from owner)) as o (pbx_id, name, queue, no, bit)
        on o.pbx_id = v.pbx_id and o.name = v.agent and o.queue = v.queue
    group by 1
),
-- The same for attempts, which may be without a queue.
rung as materialized (
    select array_agg(t.pbx_id) as pbx_ids, array_agg(t.logged_name) as names, array_agg(a.no) as numbers
    from (select distinct pbx_id, logged_name from called) as t
    join logged as l on l.pbx_id = t.pbx_id and l.name = t.logged_name
    join known_agent as a on a.pbx_id = l.pbx_id and a.agent = l.agent
),
rung_queue as materialized (
    select array_agg(t.pbx_id) as pbx_ids, array_agg(t.queue) as queues, array_agg(q.bit) as bits
    from (select distinct pbx_id, queue from called where queue is not null) as t
    join known_queue as q on q.pbx_id = t.pbx_id and q.queue_key = voip.queue_key(t.queue)
),
-- Attempts that nobody answered count at the time when they ended, whatever became of the caller. Named, because a Citus cluster does
-- not plan a join of a subquery with these lists.
attempt as (
    select pbx_id, agent, queue, width_bucket(at, :periods) as period, event = 'RINGNOANSWER' as missed,
        case when data1 ~ '^[0-9]{1,9}$' then data1::integer else 0 end as ring_ms
    from voip.queue_event
    where at >= :window_from and at < :window_to
        and event in ('RINGNOANSWER', 'RINGCANCELED') and agent is not null
        and (:queue is null or voip.queue_key(queue) = voip.queue_key(:queue))
        and (:pbx is null or pbx_id = (select pbx_id from voip.pbx where name = :pbx))
    offset '0'
),
attempted as materialized (
    select o.no * cardinality(:periods) + t.period - 1 as slot, count(*) filter (where t.missed) as missed,
        sum(t.ring_ms) filter (where t.missed) as missed_ms, sum(t.ring_ms) as ring_ms, bit_or(q.bit) as queues
    from attempt as t
    left join unnest((select pbx_ids from rung), (select names from rung), (select numbers from rung))
        as o (pbx_id, name, no) on o.pbx_id = t.pbx_id and o.name = t.agent
    left join unnest((select pbx_ids from rung_queue), (select queues from rung_queue), (select bits from rung_queue))
        as q (pbx_id, queue, bit) on q.pbx_id = t.pbx_id and q.queue = t.queue
    group by 1
),
-- An agent's number inside the PBX: as learned, otherwise from the interface or the logged name (PJSIP/101).
identity as (
    select pbx_id, agent, extension, seen_at from voip.agents where extension is not null
    union
    select a.pbx_id, a.agent, voip.agent_extension(a.agent), null
    from known_agent as a
    where voip.agent_extension(a.agent) is not null
        and a.no in (
            select slot / cardinality(:periods) from answered union select slot / cardinality(:periods) from attempted)
),
-- An outbound call belongs to one agent, though several may have had the extension. Only queue work and sessions make
-- somebody an agent: making a call does not.
outbound as (
    select a.no * cardinality(:periods) + width_bucket(c.started_at, :periods) - 1 as slot, count(*) as calls,
        sum(c.talk_s) as talk_s
    from voip.call as c
    join (
        select distinct on (pbx_id, extension) pbx_id, extension, agent
        from identity
        order by pbx_id, extension, seen_at desc nulls last, agent
    ) as i on i.pbx_id = c.pbx_id and i.extension = c.extension
    join known_agent as a on a.pbx_id = i.pbx_id and a.agent = i.agent
    where c.direction = 'outbound' and c.started_at >= :window_from and c.started_at < :window_to
        and (a.has_span or a.no in (select slot / cardinality(:periods) from answered))
    group by 1
),
-- Each part has a slot once.
figure as (
    select slot / cardinality(:periods) as no, slot % cardinality(:periods) + 1 as period, bit_or(queues)::text as queues,
        max(login_s) as login_s, max(pause_s) as pause_s, max(ring_s) as ring_s, max(ring_ms) as ring_ms,
        max(talk_s) as talk_s, max(wrap_s) as wrap_s, max(answered) as answered, max(missed) as missed,
        max(missed_ms) as missed_ms, max(transferred) as transferred, max(calls) as calls, max(call_s) as call_s,
        max(first_login) as first_login, max(last_logout) as last_logout
    from (
        select slot, true as is_row, queues, answered, ring_s, talk_s, transferred, null::bigint as missed,
            null::bigint as missed_ms, null::bigint as ring_ms, null::numeric as login_s, null::timestamptz as first_login,
            null::timestamptz as last_logout, null::numeric as pause_s, null::bigint as wrap_s, null::bigint as calls,
            null::bigint as call_s
        from answered
        union all
        select slot, true, queues, null, null, null, null, missed, missed_ms, ring_ms, null, null, null, null, null,
            null, null
        from attempted
        union all
        select slot, is_row, queues, null, null, null, null, null, null, null, login_s, first_login, last_logout, pause_s,
            null, null, null
        from attended
        union all
        select slot, true, null, null, null, null, null, null, null, null, null, null, null, null, null, calls, talk_s
        from outbound
        union all
        select slot, false, null, null, null, null, null, null, null, null, null, null, null, null, wrap_s, null, null
        from wrapped
    ) as part
    group by slot
    having bool_or(is_row)
),
-- The same few sets of queues come back in every period: each is written out once.
queue_list as (
    select s.queues, string_agg(distinct q.queue, ';' order by q.queue) as names
    from (select distinct queues from figure where queues is not null) as s
    join known_queue as q on get_bit(s.queues::varbit, q.place) = 1
    group by s.queues
),
agent as (
    select a.no, a.pbx_id, a.agent, string_agg(distinct i.extension, ';' order by i.extension) as extension,
        case when a.is_member then 'members' when a.logs_in then 'login' else 'static' end as session_source
    from known_agent as a
    left join identity as i on i.pbx_id = a.pbx_id and i.agent = a.agent
    group by a.no, a.pbx_id, a.agent, a.is_member, a.logs_in
),
-- What adds up, for each row of the report.
line as (
    select (:periods)[f.period] as begins, coalesce((:periods)[f.period + 1], :window_to) as ends, f.agent, f.extension,
        f.queues, f.login_s, f.pause_s, f.login_s - f.pause_s as available_s,
        f.ring_s, f.talk_s, f.wrap_s, f.answered, f.ring_no_answer, f.ring_no_answer_s, f.transferred, f.outbound_calls,
        f.outbound_talk_s,
        -- The work of agents without sessions cannot be compared with a time.
        case when f.login_s is not null then f.talk_s + f.wrap_s end as timed_work_s,
        case when f.login_s is not null then f.answered end as timed_answered,
        f.first_login, f.last_logout, f.session_source, f.pbx
    from (
        select f.period, a.agent, a.extension, a.session_source, q.names as queues, b.name as pbx,
            case when a.session_source <> 'static' then coalesce(round(f.login_s), 0) end as login_s,
            coalesce(round(f.pause_s), 0) as pause_s,
            coalesce(f.ring_s, 0) + coalesce(f.ring_ms, 0) / 1000.0 as ring_s,
            case when coalesce(f.answered, 0) = 0 then 0 else f.talk_s end as talk_s,
            coalesce(f.wrap_s, 0) as wrap_s,
            coalesce(f.answered, 0) as answered,
            coalesce(f.missed, 0) as ring_no_answer,
            coalesce(f.missed_ms, 0) / 1000.0 as ring_no_answer_s,
            coalesce(f.transferred, 0) as transferred,
            coalesce(f.calls, 0) as outbound_calls,
            coalesce(f.call_s, 0) as outbound_talk_s,
            f.first_login, f.last_logout
        from figure as f
        join agent as a on a.no = f.no
        join voip.pbx as b on b.pbx_id = a.pbx_id
        left join queue_list as q on q.queues = f.queues
        where :agent is null or a.agent = :agent or :agent = any(string_to_array(a.extension, ';'))
            or exists (
                select 1 from voip.agent_aliases as n
                where n.pbx_id = a.pbx_id and n.agent = a.agent and n.logged_name = :agent)
    ) as f
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
