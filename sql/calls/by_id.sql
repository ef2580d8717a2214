-- The calls that a uniqueid or a linkedid leads to.
-- $1: the id; $2: PBX, or NULL for all.
select distinct i.call_id
from (
    select call_id, pbx_id from voip.cdr where uniqueid = $1
    union all
    select call_id, pbx_id from voip.call where linkedid = $1
    union all
    select call_id, pbx_id from voip.call_alias where linkedid = $1
) as i
where $2::text is null or i.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $2)
order by i.call_id
