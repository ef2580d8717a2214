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
    where e.event in (
        'QUEUESTART', 'ADDMEMBER', 'REMOVEMEMBER', 'PAUSE', 'UNPAUSE', 'PAUSEALL', 'UNPAUSEALL',
        'AGENTLOGIN', 'AGENTLOGOFF', 'AGENTCALLBACKLOGIN', 'AGENTCALLBACKLOGOFF')
      and e.at < $1
      -- A restart ends all sessions; an interface may be logged where the session has the member's name.
      and e.at < coalesce((
            select min(c.at)
            from cut as c
            where c.pbx_id = e.pbx_id
              and (e.agent is null
                or c.agent = e.agent
                or exists (
                    select from voip.agent as a
                    where a.pbx_id = c.pbx_id
                      and a.agent = c.agent
                      and e.agent in (a.interface, a.interface || '/n')))), $1)
    returning 1
)
select (select count(*) from sessions), (select count(*) from events)
