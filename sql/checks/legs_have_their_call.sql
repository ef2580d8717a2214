-- Every leg has its call, of the same PBX.
select c.pbx_id, c.call_id, c.uniqueid, c.leg_no, c.start_at
from voip.cdr as c left join voip.call as k on k.call_id = c.call_id and k.pbx_id = c.pbx_id
where k.call_id is null
