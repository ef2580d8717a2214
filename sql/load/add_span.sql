-- Adds a span of the queue_log. $1: PBX; $2, $3: first and last event.
insert into voip.queue_log_span (pbx_id, first_at, last_at) values ($1, $2, $3)
