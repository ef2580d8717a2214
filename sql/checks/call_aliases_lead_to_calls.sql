-- Every alias leads to a call of the same PBX, and is not another call's name.
select a.pbx_id, a.linkedid, a.call_id, k.call_id as leads_to, n.call_id as named_so
from voip.call_alias as a
left join voip.call as k on k.call_id = a.call_id and k.pbx_id = a.pbx_id
left join voip.call as n on n.linkedid = a.linkedid and n.pbx_id = a.pbx_id and n.call_id <> a.call_id
where k.call_id is null or n.call_id is not null
