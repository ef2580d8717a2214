-- All session events of an agent from a moment on, in no particular order.
-- $1: PBX; $2: the agent's names; $3: the moment.
select null::text as callid, at, event, queue, agent, data1, data2, data3, data4, data5
from voip.queue_event
where pbx_id = $1 and agent = any($2) and at >= $3 and event in (
    'ADDMEMBER', 'REMOVEMEMBER', 'PAUSE', 'UNPAUSE', 'PAUSEALL', 'UNPAUSEALL', 'AGENTLOGIN', 'AGENTLOGOFF',
    'AGENTCALLBACKLOGIN', 'AGENTCALLBACKLOGOFF')
