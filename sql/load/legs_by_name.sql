-- The legs of a PBX with these uniqueids or exactly these starts, for chunks whose window contains too many other legs.
-- The starts are needed to find the legs of a PBX that logs no uniqueid.
-- $1: uniqueids; $2: starts; $3: PBX.
select uniqueid, leg_no, content_hash, row_hash, call_id, linkedid
from voip.cdr
where uniqueid = any($1) and pbx_id = $3
union
select uniqueid, leg_no, content_hash, row_hash, call_id, linkedid
from voip.cdr
where start_at = any($2) and pbx_id = $3
