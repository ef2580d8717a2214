-- The calls to which uniqueids and linkedids belong, by every route that leads from one to the other.
-- $1: uniqueids and linkedids; $2: PBX.
select linkedid, call_id from voip.call_alias where linkedid = any($1) and pbx_id = $2
union
select uniqueid, call_id from voip.cdr where uniqueid = any($1) and pbx_id = $2
