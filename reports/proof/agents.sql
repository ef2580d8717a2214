-- title: Rows behind the report agents
-- description: The visits, attempts, calls and spans of time that a figure of the report agents counts.
-- parameter: window_from timestamptz: First moment of the window.
-- parameter: window_to timestamptz: First moment after the window.
-- parameter: queue text = null: Only this queue.
-- parameter: agent text = null: Only this agent.
-- parameter: pbx text = null: Only this PBX.
-- parameter: wrap_up integer = 0: The same as in the report.
-- parameter: overrides jsonb = {}: The same as in the report.
-- parameter: figure text: The column of the figure.
-- parameter: row_from timestamptz = null: Only what began then or later, if the row is for a period.
-- parameter: row_to timestamptz = null: Only what began before.
-- parameter: row_pbx text = null: Only this PBX, if the row is for one.
-- parameter: row_limit integer = 20000: At most this many.
-- parameter: row_agent text = null: Only this agent, if the row is for one.
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
with bound as (
    select coalesce(:row_from, :window_from) as begins, coalesce(:row_to, :window_to) as ends
),
visit as (
    select v.*, coalesce(a.agent, v.agent) as person
    from voip.counted_visits(:window_from, :window_to) as v
    left join voip.agent_aliases as a on a.pbx_id = v.pbx_id and a.logged_name = v.agent
    where v.outcome = 'answered' and v.agent is not null
        and (:queue is null or voip.queue_key(v.queue) = voip.queue_key(:queue))
        and (:pbx is null or v.pbx_id = (select pbx_id from voip.pbx where name = :pbx))
),
work as (
    select w.pbx_id, w.queue, w.entered_at, w.left_at, w.agent, min(w.next_at) as next_at
    from voip.wrap_ups(:window_from, :window_to) as w
    where (:wrap_up > 0 or :overrides::text like '%"wrap_up"%')
    group by 1, 2, 3, 4, 5
),
attempt as (
    select e.*, coalesce(a.agent, e.agent) as person,
        case when e.data1 ~ '^[0-9]{1,9}$' then e.data1::bigint else 0 end as ring_ms
    from voip.queue_event as e
    left join voip.agent_aliases as a on a.pbx_id = e.pbx_id and a.logged_name = e.agent
    where e.at >= :window_from and e.at < :window_to
        and e.event in ('RINGNOANSWER', 'RINGCANCELED') and e.agent is not null
        and (:queue is null or voip.queue_key(e.queue) = voip.queue_key(:queue))
        and (:pbx is null or e.pbx_id = (select pbx_id from voip.pbx where name = :pbx))
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
identity as (
    select pbx_id, agent, extension, seen_at from voip.agents where extension is not null
    union
    select pbx_id, agent, voip.agent_extension(agent), null
    from (select pbx_id, person as agent from visit union select pbx_id, person from attempt) as logged
    where voip.agent_extension(agent) is not null
),
outbound as (
    select c.*, i.agent as person
    from voip.call as c
    join (
        select distinct on (pbx_id, extension) pbx_id, extension, agent
        from identity
        order by pbx_id, extension, seen_at desc nulls last, agent
    ) as i on i.pbx_id = c.pbx_id and i.extension = c.extension
    where c.direction = 'outbound' and c.started_at >= :window_from and c.started_at < :window_to
),
item as (
    select 'visit' as kind, v.entered_at as at, v.pbx_id, v.call_id, v.callid, v.queue, v.person, v.caller as number,
        v.caller_e164 as e164, case when v.transferred then 'transferred' else 'answered' end as outcome, v.wait_s,
        v.ring_s::bigint * 1000 as ring_ms, v.talk_s,
        coalesce(least(
            coalesce((:overrides -> voip.queue_key(v.queue) ->> 'wrap_up')::integer, :wrap_up),
            extract(epoch from w.next_at - w.left_at)::integer), 0) as wrap_s
    from visit as v
    left join work as w on w.pbx_id = v.pbx_id and w.queue = v.queue and w.entered_at = v.entered_at
        and w.left_at = v.left_at and w.agent = v.person
    cross join bound as b
    where v.entered_at >= b.begins and v.entered_at < b.ends
    union all
    select 'attempt', t.at, t.pbx_id, null, t.callid, t.queue, t.person, null, null, lower(t.event), null, t.ring_ms, null, 0
    from attempt as t, bound as b
    where t.at >= b.begins and t.at < b.ends
    union all
    select 'call', o.started_at, o.pbx_id, o.call_id, o.linkedid, o.queue, o.person, o.customer, o.customer_e164,
        'outbound', o.wait_s, null, o.talk_s, 0
    from outbound as o, bound as b
    where o.started_at >= b.begins and o.started_at < b.ends
    union all
    select s.kind, greatest(s.started_at, b.begins), s.pbx_id, null, null, null, s.agent, null, null, s.kind,
        extract(epoch from least(s.ended_at, b.ends) - greatest(s.started_at, b.begins))::bigint, null, null, 0
    from (
        select 'login' as kind, pbx_id, agent, started_at, ended_at from login
        union all
        select 'pause', pbx_id, agent, started_at, ended_at from pause
    ) as s, bound as b
    where s.started_at < b.ends and s.ended_at > b.begins
)
select i.kind, i.at, p.name as pbx, coalesce(c.linkedid, i.callid) as linkedid, i.queue, i.person as agent, i.number, i.e164,
    voip.caller_key(i.e164, i.number) as caller_key, i.outcome, i.wait_s, i.ring_ms, i.talk_s,
    coalesce(i.talk_s, 0) + i.wrap_s as work_s,
    case when :figure = 'answered_pct' and i.kind = 'visit' then 'yes' end as is_part
from item as i
join voip.pbx as p on p.pbx_id = i.pbx_id
left join voip.call as c on c.call_id = i.call_id and c.pbx_id = i.pbx_id
where (:row_pbx is null or p.name = :row_pbx) and (:row_agent is null or i.person = :row_agent)
    and (:agent is null or i.person = :agent
        or exists (
            select 1 from voip.agent_aliases as a
            where a.pbx_id = i.pbx_id and a.agent = i.person and a.logged_name = :agent)
        or exists (
            select 1 from identity as d where d.pbx_id = i.pbx_id and d.agent = i.person and d.extension = :agent))
    and case :figure
        when 'login_s' then i.kind = 'login'
        when 'first_login' then i.kind = 'login'
        when 'last_logout' then i.kind = 'login'
        when 'pause_s' then i.kind = 'pause'
        when 'available_s' then i.kind in ('login', 'pause')
        when 'ring_s' then i.kind in ('visit', 'attempt')
        when 'talk_s' then i.kind = 'visit'
        when 'wrap_s' then i.kind = 'visit'
        when 'offered' then i.kind = 'visit' or i.outcome = 'ringnoanswer'
        when 'answered' then i.kind = 'visit'
        when 'ring_no_answer' then i.outcome = 'ringnoanswer'
        when 'ring_no_answer_s' then i.outcome = 'ringnoanswer'
        when 'answered_pct' then i.kind = 'visit' or i.outcome = 'ringnoanswer'
        when 'transferred' then i.outcome = 'transferred'
        when 'outbound_calls' then i.kind = 'call'
        when 'outbound_talk_s' then i.kind = 'call'
        when 'aht_s' then i.kind = 'visit'
        when 'occupancy_pct' then i.kind in ('visit', 'login', 'pause')
        when 'utilisation_pct' then i.kind in ('visit', 'login')
        when 'calls_per_hour' then i.kind in ('visit', 'login')
        else false
    end
order by i.at, i.pbx_id, linkedid, i.queue, i.person
limit :row_limit
