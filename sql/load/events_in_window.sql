-- The queue events of a PBX in a window: what of a chunk is there already?
-- $1, $2: first and last time; $3: PBX.
select at, event_hash from voip.queue_event where at >= $1 and at <= $2 and pbx_id = $3
