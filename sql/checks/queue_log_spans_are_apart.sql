-- Spans of the queue_log do not touch: those that do have been joined.
select pbx_id, first_at, last_at, next_first_at
from (
    select s.*, lead(first_at) over (partition by pbx_id order by first_at) as next_first_at
    from voip.queue_log_span as s
) as s
where next_first_at <= last_at
