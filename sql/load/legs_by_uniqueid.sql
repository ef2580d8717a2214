-- The legs of a PBX with these uniqueids, for chunks whose window is too crowded.
-- $1: uniqueids; $2: PBX.
select uniqueid, leg_no, content_hash, row_hash, call_id, linkedid
from voip.cdr
where uniqueid = any($1) and pbx_id = $2
