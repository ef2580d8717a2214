-- Adds a span of the queue_log, and joins it with those that it touches. $1: PBX; $2, $3: first and last event.
with met as (
    delete from voip.queue_log_span
    where pbx_id = $1 and first_at <= $3 and last_at >= $2
    returning first_at, last_at
)
insert into voip.queue_log_span (pbx_id, first_at, last_at)
select $1, least($2::timestamptz, min(first_at)), greatest($3::timestamptz, max(last_at)) from met
