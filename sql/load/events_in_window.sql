-- The queue events of a PBX in a window: what of a chunk is there already, did this very run bring it, and by AMI?
-- A run is one transaction and copies events outside of savepoints, so what it brought has its transaction's number in
-- xmin. A column of our own would cost every event its bytes for ever, to tell repeated lines of a file from known ones.
-- $1, $2: first and last time; $3: PBX; $4: at most this many rows.
select at, event_hash, xmin = pg_current_xact_id()::xid, source = 'ami'
from voip.queue_event
where at >= $1 and at <= $2 and pbx_id = $3
limit $4
