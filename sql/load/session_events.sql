-- All session events of an agent, and every restart.
-- $1: PBX; $2: the agent's names; $3: names of the events.
select null::text as callid, at, event, queue, agent, data1, data2, data3, data4, data5
from voip.queue_event
where pbx_id = $1 and (agent = any($2) and event = any($3) or event = 'QUEUESTART' and agent is null)
    and event in (
    'QUEUESTART', 'ADDMEMBER', 'REMOVEMEMBER', 'PAUSE', 'UNPAUSE', 'PAUSEALL', 'UNPAUSEALL',
    'AGENTLOGIN', 'AGENTLOGOFF', 'AGENTCALLBACKLOGIN', 'AGENTCALLBACKLOGOFF')
order by at, event_hash
