-- A name that is a leg's uniqueid leads to the call by that leg, whichever of the two came first. $1: PBX.
delete from voip.call_alias a
where a.pbx_id = $1 and exists (select from voip.cdr c where c.uniqueid = a.linkedid and c.pbx_id = a.pbx_id)
