-- The calls to which uniqueids and linkedids belong, by every route that leads from one to the other.
-- $1: uniqueids and linkedids; $2, $3: the first and the last of them; $4: PBX.
select linkedid, call_id from voip.call_alias where linkedid = any($1) and pbx_id = $4
union
-- The array comes from a query, so that a table that is kept by month is not searched for the month of each element.
select uniqueid, call_id
from voip.cdr
where uniqueid = any((select $1::text[])::text[]) and uniqueid between $2 and $3 and pbx_id = $4
