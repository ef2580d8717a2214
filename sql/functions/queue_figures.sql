-- The figures of queues in a quarter (0 to 3) of a window, half open: of its periods where there are enough, else of its queues. A
-- report puts the four together; apart, the server may work on them side by side.
-- Thresholds are in seconds; those of single queues stand in overrides, by queue_key. Percentiles are those of percentile_cont.
-- Distinct callers are counted by a hash of 64 bits: two of a million callers in a period are taken for one with a probability
-- of 3 in 100 million.
create or replace function voip.queue_figures(
    quarter integer, window_from timestamptz, window_to timestamptz, periods timestamptz[], only_queue text, only_pbx text,
    service_level integer, short_abandon integer, overrides jsonb)
returns table (
    pbx_id smallint, queue_key text, period integer, first_spelling text, last_spelling text, estimated bigint,
    offered bigint, answered bigint, abandoned bigint, abandoned_short bigint, timed_out bigint, exit_key bigint,
    exit_empty bigint, withdrawn bigint, unserved bigint, in_progress bigint, answered_in_time bigint,
    abandoned_in_time bigint, answered_wait_s bigint, answered_waits bigint, abandoned_wait_s bigint, abandoned_waits bigint,
    wait_s bigint, waits bigint, wait_p double precision[], wait_max_s integer, talk_s bigint, talks bigint,
    transferred bigint, callers bigint)
language sql stable parallel safe rows 1000
as $$
    select v.pbx_id, voip.queue_key(v.queue),
        case when cardinality(periods) = 1 then 1 else width_bucket(v.entered_at, periods) end,
        min(v.queue collate "C"), max(v.queue collate "C"), count(*) filter (where v.source = 'cdr'),
        count(*),
        count(*) filter (where v.outcome = 'answered'),
        count(*) filter (where v.outcome = 'abandoned'),
        count(*) filter (where v.outcome = 'abandoned' and v.wait_s < coalesce(h.short_abandon, queue_figures.short_abandon)),
        count(*) filter (where v.outcome = 'timed_out'),
        count(*) filter (where v.outcome = 'exit_key'),
        count(*) filter (where v.outcome = 'exit_empty'),
        count(*) filter (where v.outcome = 'withdrawn'),
        count(*) filter (where v.outcome = 'unserved'),
        count(*) filter (where v.outcome = 'in_progress'),
        count(*) filter (where v.outcome = 'answered' and v.wait_s <= coalesce(h.service_level, queue_figures.service_level)),
        count(*) filter (where v.outcome = 'abandoned' and v.wait_s <= coalesce(h.service_level, queue_figures.service_level)),
        sum(v.wait_s) filter (where v.outcome = 'answered'),
        count(v.wait_s) filter (where v.outcome = 'answered'),
        sum(v.wait_s) filter (where v.outcome = 'abandoned'),
        count(v.wait_s) filter (where v.outcome = 'abandoned'),
        sum(v.wait_s) filter (where v.outcome not in ('unserved', 'in_progress')),
        count(v.wait_s) filter (where v.outcome not in ('unserved', 'in_progress')),
        percentile_cont(array[0.5, 0.9]) within group (order by v.wait_s)
            filter (where v.outcome not in ('unserved', 'in_progress')),
        max(v.wait_s) filter (where v.outcome not in ('unserved', 'in_progress')),
        sum(v.talk_s) filter (where v.outcome = 'answered'),
        count(v.talk_s) filter (where v.outcome = 'answered'),
        count(*) filter (where v.outcome = 'answered' and v.transferred),
        count(distinct hashtextextended(nullif(voip.caller_key(v.caller_e164, v.caller), ''), 0))
    from voip.counted_visits(window_from, window_to) as v
    left join (
        select key, (value ->> 'service_level')::integer as service_level, (value ->> 'short_abandon')::integer as short_abandon
        from jsonb_each(overrides)
    ) as h on h.key = voip.queue_key(v.queue)
    where (only_queue is null or voip.queue_key(v.queue) = voip.queue_key(only_queue))
        and (only_pbx is null or v.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = only_pbx))
        and v.entered_at >= case
            when cardinality(periods) < 4 or quarter = 0 then window_from
            else periods[1 + cardinality(periods) * quarter / 4] end
        and v.entered_at < case
            when cardinality(periods) < 4 or quarter = 3 then window_to
            else periods[1 + cardinality(periods) * (quarter + 1) / 4] end
        and (cardinality(periods) >= 4 or hashtextextended(voip.queue_key(v.queue), v.pbx_id) & 3 = quarter)
    group by 3, 1, 2
$$;

comment on function voip.queue_figures is 'The figures of the report queues in a quarter of a window: its periods, or its queues where the periods are few.';
