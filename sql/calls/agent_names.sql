-- The names that the log has for an agent, and the phones at which they were last seen.
-- $1: name, interface or extension; $2: PBX, or NULL for all.
select a.agent, a.extension
from voip.agent as a
where (lower(a.agent) = lower($1) or a.interface = $1 or a.extension = $1)
    and ($2::text is null or a.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $2))
