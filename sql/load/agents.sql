-- Who is behind an interface: of several who sat there, the one who was seen last. $1: PBX.
select distinct on (interface) interface, agent
from voip.agent
where pbx_id = $1 and interface is not null
order by interface, seen_at desc nulls last, agent
