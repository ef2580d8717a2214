-- The queue events of a PBX in a window: what of a chunk is there already, did this very run bring it, and by AMI?
-- $1, $2: first and last time; $3: PBX; $4: at most so many rows.
select at, event_hash, xmin = pg_current_xact_id()::xid, source = 'ami'
from voip.queue_event
where at >= $1 and at <= $2 and pbx_id = $3
limit $4
