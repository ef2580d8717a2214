-- Updates visits whose call was just created or has a new number. $1: callids; $2: their calls, in the same order; $3:
-- PBX.
update voip.queue_visit as v
set call_id = k.call_id
from unnest($1::text[], $2::bigint[]) as k (callid, call_id)
where v.callid = k.callid and v.pbx_id = $3 and v.call_id is distinct from k.call_id
