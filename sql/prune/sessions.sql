-- Removes agents' sessions that had ended before $1, and the events from which they were made. Sessions are always
-- rebuilt from all their events, so for an agent who was logged in at that moment, everything is kept since the
-- beginning of that session.
with cut as (
    select
        pbx_id,
        agent,
        least($1, min(started_at) filter (where ended_at is null or ended_at >= $1)) as at
    from voip.agent_session
    group by pbx_id, agent
),
-- An interface is logged where the session has the member's name.
known as (
    select c.pbx_id, c.at, k.name
    from cut as c
    join (
        select pbx_id, agent, agent as name from cut
        union all
        select pbx_id, agent, interface from voip.agent where interface is not null
        union all
        select pbx_id, agent, interface || '/n' from voip.agent where interface is not null
    ) as k on k.pbx_id = c.pbx_id and k.agent = c.agent
),
-- Up to when the events under each name go. A restart, which has no name, ends everybody's sessions.
bound as (
    select n.pbx_id, n.agent, least($1, min(k.at)) as at
    from (
        select distinct e.pbx_id, e.agent
        from voip.queue_event as e
        where e.at < $1
          and e.event in (
            'QUEUESTART', 'ADDMEMBER', 'REMOVEMEMBER', 'PAUSE', 'UNPAUSE', 'PAUSEALL', 'UNPAUSEALL',
            'AGENTLOGIN', 'AGENTLOGOFF', 'AGENTCALLBACKLOGIN', 'AGENTCALLBACKLOGOFF')
    ) as n
    left join known as k on k.pbx_id = n.pbx_id and (n.agent is null or k.name = n.agent)
    group by n.pbx_id, n.agent
),
sessions as (
    delete from voip.agent_session as s
    using cut as c
    where c.pbx_id = s.pbx_id
      and c.agent = s.agent
      and s.started_at < c.at
    returning 1
),
events as (
    delete from voip.queue_event as e
    using bound as b
    where b.pbx_id = e.pbx_id
      and b.agent is not distinct from e.agent
      and e.at < b.at
      and e.event in (
        'QUEUESTART', 'ADDMEMBER', 'REMOVEMEMBER', 'PAUSE', 'UNPAUSE', 'PAUSEALL', 'UNPAUSEALL',
        'AGENTLOGIN', 'AGENTLOGOFF', 'AGENTCALLBACKLOGIN', 'AGENTCALLBACKLOGOFF')
    returning 1
)
select (select count(*) from sessions), (select count(*) from events)
