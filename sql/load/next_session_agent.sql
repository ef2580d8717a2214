-- The next agent that ever had a session event, by the name in the log. $1: PBX; $2: the last one, '' before the first.
select agent
from voip.queue_event
where pbx_id = $1 and agent > $2 and event in (
    'ADDMEMBER', 'REMOVEMEMBER', 'PAUSE', 'UNPAUSE', 'PAUSEALL', 'UNPAUSEALL', 'AGENTLOGIN', 'AGENTLOGOFF',
    'AGENTCALLBACKLOGIN', 'AGENTCALLBACKLOGOFF')
order by agent
limit 1
