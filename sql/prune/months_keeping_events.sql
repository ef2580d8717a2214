-- Whether a partition of voip.queue_event has an event that stays: it belongs to a session, or to a visit or a call that had not
-- ended before $1. What events.sql removes one by one, and the opposite.
-- $2, $3: the first moment of the partition, and of the one after it.
select exists (
    select 1 from voip.queue_event as e
    where e.at >= $2 and e.at < $3
      and (
        e.event in (
            'QUEUESTART', 'ADDMEMBER', 'REMOVEMEMBER', 'PAUSE', 'UNPAUSE', 'PAUSEALL', 'UNPAUSEALL',
            'AGENTLOGIN', 'AGENTLOGOFF', 'AGENTCALLBACKLOGIN', 'AGENTCALLBACKLOGOFF')
        or exists (
            select 1 from voip.queue_visit as v
            left join voip.call as c on c.call_id = v.call_id and c.pbx_id = v.pbx_id
            where v.callid = e.callid
              and v.pbx_id = e.pbx_id
              and greatest(c.ended_at, coalesce(v.left_at, v.entered_at + interval '7 days')) >= $1)))
