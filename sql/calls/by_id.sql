-- The calls that a uniqueid or a linkedid leads to. Linkedids that are no leg's uniqueid are in voip.call_alias, which
-- has no view. $1: ids; $2: PBX, or NULL for all.
select distinct i.call_id
from (
    select call_id, pbx_id from voip.legs where uniqueid = any($1::text[])
    union all
    select call_id, pbx_id from voip.calls where linkedid = any($1)
    union all
    select call_id, pbx_id from voip.call_alias where linkedid = any($1)
) as i
where $2::text is null or i.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $2)
order by i.call_id
