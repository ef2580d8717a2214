-- Removes queue events from before $1 that belong to visits and calls that had ended by then. Events of agents'
-- sessions are kept: sessions.sql removes them.
delete from voip.queue_event as e
where e.at < $1
  and e.event not in (
    'QUEUESTART', 'ADDMEMBER', 'REMOVEMEMBER', 'PAUSE', 'UNPAUSE', 'PAUSEALL', 'UNPAUSEALL',
    'AGENTLOGIN', 'AGENTLOGOFF', 'AGENTCALLBACKLOGIN', 'AGENTCALLBACKLOGOFF')
  and not exists (
        select 1 from voip.queue_visit as v
        left join voip.call as c on c.call_id = v.call_id and c.pbx_id = v.pbx_id
        where v.callid = e.callid
          and v.pbx_id = e.pbx_id
          and greatest(c.ended_at, coalesce(v.left_at, v.entered_at + interval '7 days')) >= $1)
