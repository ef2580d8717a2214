-- The queue events of a PBX in a window: which events of a chunk are stored already, which of them did this run load,
-- and which came from AMI? A run is one transaction and copies events outside savepoints, so the events that it loaded
-- have its transaction id in xmin. A separate column would add bytes to every event forever, only to distinguish
-- repeated lines of a file from known ones.
-- $1, $2: first and last time; $3: PBX; $4: at most this many rows.
select at, event_hash, xmin = pg_current_xact_id()::xid, source = 'ami'
from voip.queue_event
where at >= $1 and at <= $2 and pbx_id = $3
limit $4
