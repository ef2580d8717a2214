-- Numbers that were called from a PBX ($1: name) from $2 on, each once. $3: at most this many.
select distinct c.customer_e164
from voip.call as c
where c.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $1)
    and c.direction = 'outbound' and c.started_at >= $2 and c.customer_e164 is not null
limit $3
