-- Visits to queues that began on a PBX ($1: name) from $2 on and before $3, in order, by the log: when the caller entered,
-- was answered and left, the outcome, the wait and the agent.
select v.queue, extract(epoch from v.entered_at)::bigint as entered, extract(epoch from v.connected_at)::bigint as connected,
    extract(epoch from v.left_at)::bigint as "left", v.outcome, v.wait_s::bigint, coalesce(a.agent, v.agent)
from voip.queue_visit as v
left join voip.agent_aliases as a on a.pbx_id = v.pbx_id and a.logged_name = v.agent
where v.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $1)
    and v.entered_at >= $2 and v.entered_at < $3 and v.source = 'queue_log'
order by v.entered_at, v.callid, v.queue, v.entry
