-- The agent at each interface; if there were several, the one who was last seen there. $1: PBX.
select distinct on (interface) interface, agent
from voip.agent
where pbx_id = $1 and interface is not null
order by interface, seen_at desc nulls last, agent
