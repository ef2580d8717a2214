-- Phones of agents of a PBX ($1: name) that rang without an answer from $2 on and before $3, in order.
select extract(epoch from e.at)::bigint, coalesce(a.agent, e.agent)
from voip.queue_event as e
left join voip.agent_aliases as a on a.pbx_id = e.pbx_id and a.logged_name = e.agent
where e.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $1)
    and e.at >= $2 and e.at < $3 and e.event = 'RINGNOANSWER' and e.agent is not null
order by e.at, e.agent
