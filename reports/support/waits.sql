-- How long callers waited, by PBX, queue (as voip.queue_key) and class of wait, for charts and for the figures of all
-- queues together.
-- $1, $2 timestamptz: the window; $3 text: queue or NULL; $4 integer[]: the first wait of each class after the first;
-- $5 timestamptz[]: beginnings of periods; $6 text: a PBX or NULL; $7 integer and $8 jsonb: below which wait an abandoned visit
-- is short, for all queues and by voip.queue_key. Short ones are neither answered nor lost.
select p.name as pbx, voip.queue_key(v.queue) as queue_key, width_bucket(v.entered_at, $5::timestamptz[]) as period,
    width_bucket(v.wait_s, $4::integer[]) as class,
    count(*) filter (where v.outcome = 'answered') as answered,
    count(*) filter (
        where v.outcome <> 'answered' and not (
            v.outcome = 'abandoned'
            and v.wait_s < coalesce(($8::jsonb -> voip.queue_key(v.queue) ->> 'short_abandon')::integer, $7::integer)))
        as lost,
    count(*) filter (where v.outcome = 'abandoned') as abandoned,
    coalesce(sum(v.wait_s) filter (where v.outcome = 'answered'), 0) as answered_wait_s,
    max(v.wait_s) as longest_s
from voip.counted_visits($1::timestamptz, $2::timestamptz) as v
join voip.pbx as p on p.pbx_id = v.pbx_id
where ($3::text is null or voip.queue_key(v.queue) = voip.queue_key($3::text))
    and ($6::text is null or p.name = $6)
    and v.outcome not in ('unserved', 'in_progress') and v.wait_s is not null
group by 1, 2, 3, 4
order by 1, 2, 3, 4
