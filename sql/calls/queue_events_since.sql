-- Events of visits to queues from $2 on, and starts of the PBX, for a PBX ($1: name), in the order of the log. $3: at
-- most this many.
select extract(epoch from e.at)::bigint, coalesce(e.callid, ''), e.queue, e.agent, e.event,
    e.data1, e.data2, e.data3, e.data4, e.data5, e.source
from voip.queue_event as e
where e.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $1)
    and e.at >= $2 and (e.callid is not null or e.event = 'QUEUESTART')
    and e.event not in (
        'ADDMEMBER', 'REMOVEMEMBER', 'PAUSE', 'UNPAUSE', 'PAUSEALL', 'UNPAUSEALL',
        'AGENTLOGIN', 'AGENTLOGOFF', 'AGENTCALLBACKLOGIN', 'AGENTCALLBACKLOGOFF')
order by e.at, case e.event when 'ENTERQUEUE' then 0 when 'CONNECT' then 2 when 'RINGNOANSWER' then 1 else 3 end
limit $3
