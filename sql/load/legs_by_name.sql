-- The legs of a PBX with these uniqueids or exactly these starts, for chunks whose window contains too many other legs.
-- The starts are needed to find the legs of a PBX that logs no uniqueid.
-- The array of uniqueids comes from a query, so that a table that is kept by month is not searched for the month of each.
-- $1: uniqueids; $2, $3: the first and the last of them; $4: starts; $5: PBX.
select uniqueid, leg_no, content_hash, row_hash, call_id, linkedid
from voip.cdr
where uniqueid = any((select $1::text[])::text[]) and uniqueid between $2 and $3 and pbx_id = $5
union
select uniqueid, leg_no, content_hash, row_hash, call_id, linkedid
from voip.cdr
where start_at = any($4) and pbx_id = $5
