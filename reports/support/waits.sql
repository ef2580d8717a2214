-- How long callers waited, by queue and class of wait, for charts and the figures of all queues together.
-- $1, $2 timestamptz: the window; $3 text: queue or NULL; $4 integer[]: the first wait of each class after the first;
-- $5 timestamptz[]: beginnings of periods.
with logged as (
    select pbx_id, queue
    from voip.queue_visit
    where source = 'queue_log' and entered_at >= $1::timestamptz and entered_at < $2::timestamptz
    group by 1, 2
)
select queue, width_bucket(entered_at, $5::timestamptz[]) as period, width_bucket(wait_s, $4::integer[]) as class,
    count(*) filter (where outcome = 'answered') as answered,
    count(*) filter (where outcome <> 'answered') as lost,
    count(*) filter (where outcome = 'abandoned') as abandoned,
    coalesce(sum(wait_s) filter (where outcome = 'answered'), 0) as answered_wait_s,
    max(wait_s) as longest_s
from voip.queue_visit as v
where entered_at >= $1::timestamptz and entered_at < $2::timestamptz and ($3::text is null or queue = $3::text)
    and outcome not in ('unserved', 'in_progress') and wait_s is not null
    and (source = 'queue_log' or (pbx_id, queue) not in (select pbx_id, queue from logged))
group by 1, 2, 3
order by 1, 2, 3
