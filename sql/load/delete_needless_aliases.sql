-- Deletes aliases that are a leg's uniqueid: that leg leads to the call, whichever of the two was loaded first. $1: PBX.
delete from voip.call_alias as a
where a.pbx_id = $1 and exists (select 1 from voip.cdr as c where c.uniqueid = a.linkedid and c.pbx_id = a.pbx_id)
