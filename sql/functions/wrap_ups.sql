-- The PBX does not log the end of wrap-up: wrap-up is taken to last as configured, but at most until the agent's next
-- event. This function returns the time of that event for each answered visit that counts in a window. The events are
-- read backwards in time, so the lowest time so far is the next event.
create or replace function voip.wrap_ups(window_from timestamptz, window_to timestamptz)
returns table (
    pbx_id smallint, agent text, queue text, entered_at timestamptz, left_at timestamptz, next_at timestamptz)
language sql stable parallel safe rows 100000
as $$
    with timeline as (
        select v.pbx_id, coalesce(a.agent, v.agent) as agent, v.left_at as at, v.queue, v.entered_at
        from voip.counted_visits(window_from, window_to) as v
        left join voip.agent_aliases as a on a.pbx_id = v.pbx_id and a.logged_name = v.agent
        where v.outcome = 'answered' and v.agent is not null and v.left_at is not null
        union all
        select e.pbx_id, coalesce(a.agent, e.agent),
            case
                when e.event = 'CONNECT' and e.data3 ~ '^[0-9]{1,6}$'
                    then e.at - e.data3::integer * interval '1 second'
                when e.event in ('RINGNOANSWER', 'RINGCANCELED') and e.data1 ~ '^[0-9]{1,9}$'
                    then e.at - e.data1::integer * interval '1 millisecond'
                else e.at
            end, null, null
        from voip.queue_event as e
        left join voip.agent_aliases as a on a.pbx_id = e.pbx_id and a.logged_name = e.agent
        where e.agent is not null and e.at >= window_from and e.at < window_to + interval '1 day'
            and e.event in (
                'CONNECT', 'RINGNOANSWER', 'RINGCANCELED', 'PAUSE', 'PAUSEALL', 'REMOVEMEMBER', 'AGENTLOGOFF',
                'AGENTCALLBACKLOGOFF')
    )
    select f.pbx_id, f.agent, f.queue, f.entered_at, f.at, f.next_at
    from (
        select t.*, min(t.at) filter (where t.queue is null) over (
            partition by t.pbx_id, t.agent order by t.at desc, t.queue nulls first rows unbounded preceding) as next_at
        from timeline as t
    ) as f
    where f.queue is not null
$$;

comment on function voip.wrap_ups is 'Answered visits in a window, each with the moment of the agent''s next event, at which wrap-up ends at the latest.';
