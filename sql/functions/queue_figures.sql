-- The figures of queues in a quarter (0 to 3) of a window, half open: a quarter of its periods where there are enough, else of its
-- time. A report puts the four together; apart, the server may work on them side by side.
-- A quarter that consists of whole periods has their percentiles (those of percentile_cont) and numbers of callers. Otherwise, and
-- if lists is true, there are the lists from which the report can make these.
-- Thresholds are in seconds; those of single queues stand in overrides, by queue_key.
-- Distinct callers are counted by a hash of 64 bits: two of a million callers in a period are taken for one with a probability
-- of 3 in 100 million.
create or replace function voip.queue_figures(
    quarter integer, window_from timestamptz, window_to timestamptz, periods timestamptz[], only_queue text, only_pbx text,
    service_level integer, short_abandon integer, overrides jsonb, lists boolean)
returns table (
    pbx_id smallint, queue_key text, period integer, first_spelling text, last_spelling text, estimated bigint,
    offered bigint, answered bigint, abandoned bigint, abandoned_short bigint, timed_out bigint, exit_key bigint,
    exit_empty bigint, withdrawn bigint, unserved bigint, in_progress bigint, answered_in_time bigint,
    abandoned_in_time bigint, answered_wait_s bigint, answered_waits bigint, abandoned_wait_s bigint, abandoned_waits bigint,
    wait_s bigint, waits bigint, wait_max_s integer, talk_s bigint, talks bigint, transferred bigint,
    wait_p double precision[], callers bigint, wait_list integer[], caller_list bigint[])
language sql stable parallel safe rows 1000
as $$
    select f.pbx_id, f.queue_key, f.period, f.first_spelling, f.last_spelling, f.estimated, f.offered, f.answered, f.abandoned,
        f.abandoned_short, f.timed_out, f.exit_key, f.exit_empty, f.withdrawn, f.unserved, f.in_progress, f.answered_in_time,
        f.abandoned_in_time, f.answered_wait_s, f.answered_waits, f.abandoned_wait_s, f.abandoned_waits, f.wait_s, f.waits,
        f.wait_max_s, f.talk_s, f.talks, f.transferred,
        case when cardinality(periods) >= 4 then voip.wait_percentiles(f.wait_list) end,
        case when cardinality(periods) >= 4 then voip.distinct_values(f.caller_list) end,
        case when lists or cardinality(periods) < 4 then f.wait_list end,
        case when lists or cardinality(periods) < 4 then f.caller_list end
    from (
        select v.pbx_id, v.queue_key, v.period,
            min(v.queue collate "C") as first_spelling, max(v.queue collate "C") as last_spelling,
            count(*) filter (where v.is_estimate) as estimated,
            count(*) as offered,
            count(*) filter (where v.outcome = 1) as answered,
            count(*) filter (where v.outcome = 2) as abandoned,
            count(*) filter (where v.outcome = 2 and v.wait_s < v.short) as abandoned_short,
            count(*) filter (where v.outcome = 3) as timed_out,
            count(*) filter (where v.outcome = 4) as exit_key,
            count(*) filter (where v.outcome = 5) as exit_empty,
            count(*) filter (where v.outcome = 6) as withdrawn,
            count(*) filter (where v.outcome = 7) as unserved,
            count(*) filter (where v.outcome = 8) as in_progress,
            count(*) filter (where v.outcome = 1 and v.wait_s <= v.in_time) as answered_in_time,
            count(*) filter (where v.outcome = 2 and v.wait_s <= v.in_time) as abandoned_in_time,
            sum(v.wait_s) filter (where v.outcome = 1) as answered_wait_s,
            count(v.wait_s) filter (where v.outcome = 1) as answered_waits,
            sum(v.wait_s) filter (where v.outcome = 2) as abandoned_wait_s,
            count(v.wait_s) filter (where v.outcome = 2) as abandoned_waits,
            sum(v.wait_s) filter (where v.outcome < 7) as wait_s,
            count(v.wait_s) filter (where v.outcome < 7) as waits,
            max(v.wait_s) filter (where v.outcome < 7) as wait_max_s,
            sum(v.talk_s) filter (where v.outcome = 1) as talk_s,
            count(v.talk_s) filter (where v.outcome = 1) as talks,
            count(*) filter (where v.outcome = 1 and v.transferred) as transferred,
            array_agg(v.wait_s) filter (where v.outcome < 7) as wait_list,
            array_agg(hashtextextended(nullif(voip.caller_key(v.caller_e164, v.caller), ''), 0)) as caller_list
        from (
            -- What every visit needs, computed once: the offset keeps the planner from copying it into each sum, and it is in
            -- quotes because a plain 0 looks to the planner like a limit, with which nothing is done side by side. Numbers are
            -- compared faster than texts.
            select c.pbx_id, voip.queue_key(c.queue) as queue_key, c.queue,
                case when cardinality(periods) = 1 then 1 else width_bucket(c.entered_at, periods) end as period,
                c.source = 'cdr' as is_estimate,
                case c.outcome
                    when 'answered' then 1 when 'abandoned' then 2 when 'timed_out' then 3 when 'exit_key' then 4
                    when 'exit_empty' then 5 when 'withdrawn' then 6 when 'unserved' then 7 else 8
                end as outcome,
                c.wait_s, c.talk_s, c.transferred, c.caller, c.caller_e164,
                case when overrides = '{}' then service_level
                    else coalesce((overrides -> voip.queue_key(c.queue) ->> 'service_level')::integer, service_level)
                end as in_time,
                case when overrides = '{}' then short_abandon
                    else coalesce((overrides -> voip.queue_key(c.queue) ->> 'short_abandon')::integer, short_abandon)
                end as short
            from voip.counted_visits(window_from, window_to) as c
            where (only_queue is null or voip.queue_key(c.queue) = voip.queue_key(only_queue))
                and (only_pbx is null or c.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = only_pbx))
                and c.entered_at >= case
                    when quarter = 0 then window_from
                    when cardinality(periods) >= 4 then periods[1 + cardinality(periods) * quarter / 4]
                    else window_from + (window_to - window_from) * quarter / 4 end
                and c.entered_at < case
                    when quarter = 3 then window_to
                    when cardinality(periods) >= 4 then periods[1 + cardinality(periods) * (quarter + 1) / 4]
                    else window_from + (window_to - window_from) * (quarter + 1) / 4 end
            offset '0'
        ) as v
        group by v.period, v.pbx_id, v.queue_key
    ) as f
$$;

comment on function voip.queue_figures is 'The figures of the report queues in a quarter of a window: of its periods, or of its time where the periods are few.';
