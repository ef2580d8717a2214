-- The legs of a PBX that begin in a window: which legs of a chunk are stored already?
-- $1, $2: first and last start; $3: PBX; $4: at most this many rows.
select uniqueid, leg_no, content_hash, row_hash, call_id, linkedid
from voip.cdr
where start_at >= $1 and start_at <= $2 and pbx_id = $3
limit $4
