-- title: Queues
-- description: The calls offered to each queue, their outcomes and how long callers waited: one row per period, PBX and queue.
-- parameter: window_from timestamptz: First moment of the window.
-- parameter: window_to timestamptz: First moment after the window.
-- parameter: periods timestamptz[]: Beginnings of the window's periods, in order.
-- parameter: timezone text: IANA name of the zone that the periods are made for.
-- parameter: queue text = null: Only this queue.
-- parameter: pbx text = null: Only this PBX.
-- parameter: service_level integer = 20: Seconds within which a call should be answered.
-- parameter: short_abandon integer = 5: A caller who hung up before this many seconds is a short abandon.
-- parameter: service_level_variant text = offered: offered, answered, answered_abandoned or with_abandoned.
-- parameter: wrap_up integer = 0: Seconds of work after a call.
-- parameter: overrides jsonb = {}: By queue name: service_level, short_abandon, service_level_variant, wrap_up.
-- parameter: totals boolean = false: Whether a last row covers all queues and periods.
-- main: offered, answered, lost, abandoned_short, answered_pct, service_level_pct, asa_s, wait_p90_s, wait_max_s, aht_s
-- column: period_start timestamp "from": Beginning of the period, inclusive.
-- column: period_end timestamp "until": End of the period, exclusive.
-- column: timezone text: Zone of the periods.
-- column: queue text: The queue, in the spelling used by most of its visits.
-- column: offered integer: Visits that entered the queue in the period.
-- column: answered integer: Visits that an agent answered.
-- column: abandoned integer: The caller hung up while waiting; includes abandoned_short.
-- column: abandoned_short integer "short": Abandoned visits with wait < short_abandon.
-- column: timed_out integer: Waited longer than the queue allows and went on in the dialplan.
-- column: exit_key integer "left by key": The caller pressed a key to leave.
-- column: exit_empty integer "no agents left": Removed because the queue had no agents left.
-- column: withdrawn integer: Removed from the queue by the PBX (WITHDRAW).
-- column: unserved integer "no end logged": The log has no end for the visit, and there will be none: the PBX restarted, or the same call entered again.
-- column: in_progress integer "still waiting": Still waiting at the end of the data.
-- column: answered_pct percent "answered, % of offered": answered / offered.
-- column: abandoned_pct percent "abandoned %, without short": (abandoned - abandoned_short) / (offered - abandoned_short).
-- column: service_level_s duration "in time within": T: the wait within which a call counts as answered in time (wait <= T).
-- column: service_level_variant text "in time, of": The formula of service_level_pct.
-- column: service_level_pct percent "in time %": offered: answered in T / (offered - abandoned_short - in_progress); answered: answered in T / answered; answered_abandoned: answered in T / (answered + abandoned); with_abandoned: (answered in T + abandoned in T) / (answered + abandoned).
-- column: asa_s average "mean wait of answered": Average speed of answer: mean wait of the answered visits.
-- column: wait_avg_s average "mean wait": Mean wait of all visits that ended.
-- column: wait_p50_s average "median wait": Median wait: half of the visits that ended waited no longer than this (percentile_cont).
-- column: wait_p90_s average "wait of 90 %": 90th percentile: nine out of ten visits that ended waited no longer than this (percentile_cont).
-- column: wait_max_s duration "longest wait": Longest wait of a visit that ended.
-- column: abandon_wait_avg_s average "mean wait of abandoned": Mean wait of the abandoned visits.
-- column: talk_total_s duration "talk": Talk time of the answered visits for which it is known.
-- column: talk_avg_s average "mean talk": Mean talk time of the answered visits whose talk time is known.
-- column: aht_s average "mean handling time": (talk + wrap-up) / answered; the caller's wait is not included.
-- column: transferred integer: Answered visits that the agent transferred.
-- column: unique_callers integer "callers": Distinct callers, as E.164 if they have an E.164 form; visits without a number are not counted.
-- column: source text "waits from": queue_log, or cdr if there are only CDRs and waits are estimated from the legs.
-- column: pbx text "PBX": The PBX of the queue.
-- column: lost integer "lost": Visits that ended without an agent, short ones aside: abandoned - abandoned_short + not_served.
-- column: not_served integer "not served": The lost ones in which the caller did not hang up: timed_out + exit_key + exit_empty + withdrawn + unserved.
-- check: offered = answered + lost + abandoned_short + in_progress
-- check: offered = answered + abandoned + timed_out + exit_key + exit_empty + withdrawn + unserved + in_progress
with period as (
    select n, begins, lead(begins, 1, :window_to) over (order by n) as ends
    from unnest(:periods) with ordinality as list (begins, n)
),
quarter as (
    select 0 as quarter, * from voip.queue_figures(
        0, :window_from, :window_to, :periods, :queue, :pbx, :service_level, :short_abandon, :overrides, :totals)
    union all
    select 1 as quarter, * from voip.queue_figures(
        1, :window_from, :window_to, :periods, :queue, :pbx, :service_level, :short_abandon, :overrides, :totals)
    union all
    select 2 as quarter, * from voip.queue_figures(
        2, :window_from, :window_to, :periods, :queue, :pbx, :service_level, :short_abandon, :overrides, :totals)
    union all
    select 3 as quarter, * from voip.queue_figures(
        3, :window_from, :window_to, :periods, :queue, :pbx, :service_level, :short_abandon, :overrides, :totals)
),
-- A period that lies in one quarter is complete; the percentiles and the callers of the others are made from lists.
figure as (
    select pbx_id, queue_key, period, first_spelling, last_spelling, estimated, offered, answered, abandoned, abandoned_short,
        timed_out, exit_key, exit_empty, withdrawn, unserved, in_progress, answered_in_time, abandoned_in_time,
        answered_wait_s, answered_waits, abandoned_wait_s, abandoned_waits, wait_s, waits, wait_max_s, talk_s, talks,
        transferred, wait_p, callers
    from quarter
    where cardinality(:periods) >= 4
    union all
    select pbx_id, queue_key, period, first_spelling, last_spelling, estimated, offered, answered, abandoned, abandoned_short,
        timed_out, exit_key, exit_empty, withdrawn, unserved, in_progress, answered_in_time, abandoned_in_time,
        answered_wait_s, answered_waits, abandoned_wait_s, abandoned_waits, wait_s, waits, wait_max_s, talk_s, talks,
        transferred,
        voip.wait_percentiles(wait_list), voip.distinct_values(caller_list)
    from (
        select pbx_id, queue_key, period, min(first_spelling) as first_spelling, max(last_spelling) as last_spelling,
            sum(estimated)::bigint as estimated, sum(offered)::bigint as offered, sum(answered)::bigint as answered,
            sum(abandoned)::bigint as abandoned, sum(abandoned_short)::bigint as abandoned_short,
            sum(timed_out)::bigint as timed_out,
            sum(exit_key)::bigint as exit_key, sum(exit_empty)::bigint as exit_empty, sum(withdrawn)::bigint as withdrawn,
            sum(unserved)::bigint as unserved, sum(in_progress)::bigint as in_progress,
            sum(answered_in_time)::bigint as answered_in_time, sum(abandoned_in_time)::bigint as abandoned_in_time,
            sum(answered_wait_s)::bigint as answered_wait_s, sum(answered_waits)::bigint as answered_waits,
            sum(abandoned_wait_s)::bigint as abandoned_wait_s, sum(abandoned_waits)::bigint as abandoned_waits,
            sum(wait_s)::bigint as wait_s, sum(waits)::bigint as waits, max(wait_max_s) as wait_max_s,
            sum(talk_s)::bigint as talk_s, sum(talks)::bigint as talks, sum(transferred)::bigint as transferred,
            -- There is one list in each quarter.
            max(wait_list) filter (where quarter = 0) || max(wait_list) filter (where quarter = 1)
                || max(wait_list) filter (where quarter = 2) || max(wait_list) filter (where quarter = 3) as wait_list,
            max(caller_list) filter (where quarter = 0) || max(caller_list) filter (where quarter = 1)
                || max(caller_list) filter (where quarter = 2) || max(caller_list) filter (where quarter = 3) as caller_list
        from quarter
        where cardinality(:periods) < 4
        group by 1, 2, 3
    ) as pieces
),
queue as (
    select pbx_id, queue_key, row_number() over () - 1 as no,
        case
            when min(first_spelling) = max(last_spelling) then min(first_spelling)
            -- If a queue has two spellings, the one used by more visits is shown.
            else (
                select v.queue
                from voip.counted_visits(:window_from, :window_to) as v
                where v.pbx_id = figure.pbx_id and voip.queue_key(v.queue) = figure.queue_key
                group by v.queue
                order by count(*) desc, v.queue
                limit 1)
        end as queue,
        concat_ws(
            ';', case when sum(estimated) > 0 then 'cdr' end, case when sum(offered) > sum(estimated) then 'queue_log' end)
            as source
    from figure
    group by pbx_id, queue_key
),
threshold as (
    select pbx_id, queue_key, no,
        coalesce((:overrides -> queue_key ->> 'service_level')::integer, :service_level) as service_level,
        coalesce(:overrides -> queue_key ->> 'service_level_variant', :service_level_variant) as variant,
        coalesce((:overrides -> queue_key ->> 'wrap_up')::integer, :wrap_up) as wrap_up
    from queue
),
wrapped as (
    select h.no * cardinality(:periods) + width_bucket(w.entered_at, :periods) as slot,
        sum(least(h.wrap_up, extract(epoch from w.next_at - w.left_at)::integer)) as wrap_s
    from voip.wrap_ups(:window_from, :window_to) as w
    join threshold as h on h.pbx_id = w.pbx_id and h.queue_key = voip.queue_key(w.queue)
    where h.wrap_up > 0 and exists (select 1 from threshold where wrap_up > 0)
    group by 1
),
-- Each queue and period has a number: the planner, which cannot know how many rows a queue has, joins by one key correctly.
placed as (
    select q.no * cardinality(:periods) + f.period as slot, f.*
    from figure as f
    join queue as q on q.pbx_id = f.pbx_id and q.queue_key = f.queue_key
),
-- What adds up, for each row of the report.
line as (
    select p.begins, p.ends, q.queue, q.source, b.name as pbx, h.service_level, h.variant,
        coalesce(s.offered, 0) as offered, coalesce(s.answered, 0) as answered, coalesce(s.abandoned, 0) as abandoned,
        coalesce(s.abandoned_short, 0) as abandoned_short, coalesce(s.timed_out, 0) as timed_out,
        -- Legs do not show how a caller left a queue.
        case when q.source = 'cdr' then nullif(s.exit_key, 0) else coalesce(s.exit_key, 0) end as exit_key,
        case when q.source = 'cdr' then nullif(s.exit_empty, 0) else coalesce(s.exit_empty, 0) end as exit_empty,
        case when q.source = 'cdr' then nullif(s.withdrawn, 0) else coalesce(s.withdrawn, 0) end as withdrawn,
        coalesce(s.unserved, 0) as unserved, coalesce(s.in_progress, 0) as in_progress,
        s.answered_in_time + case when h.variant = 'with_abandoned' then s.abandoned_in_time else 0 end as in_time,
        case h.variant
            when 'offered' then s.offered - s.abandoned_short - s.in_progress
            when 'answered' then s.answered
            when 'answered_abandoned' then s.answered + s.abandoned
            when 'with_abandoned' then s.answered + s.abandoned
        end as to_answer,
        s.answered_wait_s, s.answered_waits, s.abandoned_wait_s, s.abandoned_waits, s.wait_s, s.waits, s.wait_p,
        s.wait_max_s, s.talk_s, s.talks, coalesce(x.wrap_s, 0) as wrap_s, coalesce(s.transferred, 0) as transferred,
        coalesce(s.callers, 0) as callers
    from period as p
    cross join queue as q
    join voip.pbx as b on b.pbx_id = q.pbx_id
    join threshold as h on h.pbx_id = q.pbx_id and h.queue_key = q.queue_key
    left join placed as s on s.slot = q.no * cardinality(:periods) + p.n
    left join wrapped as x on x.slot = q.no * cardinality(:periods) + p.n
),
-- What does not add up, over all visits.
whole as (
    select
        (select percentile_cont(array[0.5, 0.9]) within group (order by w) from quarter, unnest(wait_list) as w) as wait_p,
        (select count(distinct c) from quarter, unnest(caller_list) as c) as callers
),
total as (
    select null::timestamptz, null::timestamptz, null, string_agg(distinct source, ';' order by source),
        case when min(pbx) = max(pbx) then min(pbx) end,
        case when min(service_level) = max(service_level) then min(service_level) end,
        case when min(variant) = max(variant) then min(variant) end,
        sum(offered)::bigint, sum(answered)::bigint, sum(abandoned)::bigint, sum(abandoned_short)::bigint,
        sum(timed_out)::bigint, sum(exit_key)::bigint, sum(exit_empty)::bigint, sum(withdrawn)::bigint,
        sum(unserved)::bigint, sum(in_progress)::bigint, sum(in_time)::bigint, sum(to_answer)::bigint,
        sum(answered_wait_s)::bigint, sum(answered_waits)::bigint, sum(abandoned_wait_s)::bigint,
        sum(abandoned_waits)::bigint, sum(wait_s)::bigint, sum(waits)::bigint, (select wait_p from whole), max(wait_max_s),
        sum(talk_s)::bigint, sum(talks)::bigint, sum(wrap_s)::bigint, sum(transferred)::bigint,
        (select callers from whole)
    from line
    having :totals and count(*) > 1
)
select
    f.begins as period_start,
    f.ends as period_end,
    :timezone as timezone,
    f.queue,
    f.offered,
    f.answered,
    f.abandoned,
    f.abandoned_short,
    f.timed_out,
    f.exit_key,
    f.exit_empty,
    f.withdrawn,
    f.unserved,
    f.in_progress,
    round(100.0 * f.answered / nullif(f.offered, 0), 1) as answered_pct,
    round(100.0 * (f.abandoned - f.abandoned_short) / nullif(f.offered - f.abandoned_short, 0), 1) as abandoned_pct,
    f.service_level as service_level_s,
    f.variant as service_level_variant,
    round(100.0 * f.in_time / nullif(f.to_answer, 0), 1) as service_level_pct,
    round(f.answered_wait_s::numeric / nullif(f.answered_waits, 0), 1) as asa_s,
    round(f.wait_s::numeric / nullif(f.waits, 0), 1) as wait_avg_s,
    round(f.wait_p[1]::numeric, 1) as wait_p50_s,
    round(f.wait_p[2]::numeric, 1) as wait_p90_s,
    f.wait_max_s,
    round(f.abandoned_wait_s::numeric / nullif(f.abandoned_waits, 0), 1) as abandon_wait_avg_s,
    case when f.answered = 0 then 0 else f.talk_s end as talk_total_s,
    round(f.talk_s::numeric / nullif(f.talks, 0), 1) as talk_avg_s,
    round((f.talk_s + f.wrap_s)::numeric / nullif(f.answered, 0), 1) as aht_s,
    f.transferred,
    f.callers as unique_callers,
    f.source,
    f.pbx,
    f.offered - f.answered - f.abandoned_short - f.in_progress as lost,
    f.offered - f.answered - f.abandoned - f.in_progress as not_served
from (select * from line union all select * from total) as f
order by f.begins nulls last, lower(f.queue), f.pbx
