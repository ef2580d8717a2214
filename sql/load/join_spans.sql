-- Deletes the spans of the queue_log that a new one touches, and returns them to be joined with it. $1: PBX; $2, $3: its first and last event.
delete from voip.queue_log_span
where pbx_id = $1 and first_at <= $3 and last_at >= $2
returning first_at, last_at
