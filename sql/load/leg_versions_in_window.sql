-- The versions of a PBX's legs that the warehouse has in a window, without texts: does it have a whole batch already?
-- $1, $2: first and last start; $3: PBX; $4: at most this many rows.
select leg_no, row_hash, call_id
from voip.cdr
where start_at >= $1 and start_at <= $2 and pbx_id = $3
limit $4
