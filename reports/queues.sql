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
-- column: period_start timestamp: Beginning of the period, inclusive.
-- column: period_end timestamp: End of the period, exclusive.
-- column: timezone text: Zone of the periods.
-- column: queue text: The queue, in the spelling used by most of its visits.
-- column: offered integer: Visits that entered the queue in the period.
-- column: answered integer: Visits that an agent answered.
-- column: abandoned integer: The caller hung up while waiting; includes abandoned_short.
-- column: abandoned_short integer: Abandoned visits with wait < short_abandon.
-- column: timed_out integer: Waited longer than the queue allows and went on in the dialplan.
-- column: exit_key integer: The caller pressed a key to leave.
-- column: exit_empty integer: Removed because the queue had no agents left.
-- column: withdrawn integer: Removed from the queue by the PBX (WITHDRAW).
-- column: unserved integer: The log has no end for the visit, and there will be none: the PBX restarted, or the same call entered again.
-- column: in_progress integer: Still waiting at the end of the data.
-- column: answered_pct percent: answered / offered.
-- column: abandoned_pct percent: (abandoned - abandoned_short) / (offered - abandoned_short).
-- column: service_level_s duration: T: the wait within which a call counts as answered in time (wait <= T).
-- column: service_level_variant text: The formula of service_level_pct.
-- column: service_level_pct percent: offered: answered in T / (offered - abandoned_short - in_progress); answered: answered in T / answered; answered_abandoned: answered in T / (answered + abandoned); with_abandoned: (answered in T + abandoned in T) / (answered + abandoned).
-- column: asa_s average: Average speed of answer: mean wait of the answered visits.
-- column: wait_avg_s average: Mean wait of all visits that ended.
-- column: wait_p50_s average: Median wait: half of the visits that ended waited no longer than this (percentile_cont).
-- column: wait_p90_s average: 90th percentile: nine out of ten visits that ended waited no longer than this (percentile_cont).
-- column: wait_max_s duration: Longest wait of a visit that ended.
-- column: abandon_wait_avg_s average: Mean wait of the abandoned visits.
-- column: talk_total_s duration: Talk time of the answered visits for which it is known.
-- column: talk_avg_s average: Mean talk time of the answered visits whose talk time is known.
-- column: aht_s average: (talk + wrap-up) / answered; the caller's wait is not included.
-- column: transferred integer: Answered visits that the agent transferred.
-- column: unique_callers integer: Distinct callers, as E.164 if they have an E.164 form; visits without a number are not counted.
-- column: source text: queue_log, or cdr if there are only CDRs and waits are estimated from the legs.
-- column: pbx text: The PBX of the queue.
-- check: offered = answered + abandoned + timed_out + exit_key + exit_empty + withdrawn + unserved + in_progress
with period as (
    select n, begins, lead(begins, 1, :window_to) over (order by n) as ends
    from unnest(:periods) with ordinality as list (begins, n)
),
-- One pass over the visits: how many of each kind had which wait. All figures except the callers are computed from
-- this. If there is only one period, its number is given as a constant, so that the planner expects few groups and
-- works in parallel.
tally as (
    select v.pbx_id, v.queue, v.source,
        case when cardinality(:periods) = 1 then 1 else width_bucket(v.entered_at, :periods) end as period,
        v.outcome, v.wait_s, count(*) as visits, count(*) filter (where v.transferred) as transferred,
        sum(v.talk_s) as talk_s, count(v.talk_s) as talks
    from voip.counted_visits(:window_from, :window_to) as v
    where (:queue is null or voip.queue_key(v.queue) = voip.queue_key(:queue))
        and (:pbx is null or v.pbx_id = (select pbx_id from voip.pbx where name = :pbx))
    group by 1, 2, 3, 4, 5, 6
),
-- If a queue has two spellings, the one used by more visits is shown.
queue as (
    select pbx_id, voip.queue_key(queue) as queue_key, (array_agg(queue order by visits desc, queue))[1] as queue,
        string_agg(distinct source, ';' order by source) as source
    from (select pbx_id, queue, source, sum(visits) as visits from tally group by 1, 2, 3) as spelling
    group by 1, 2
),
threshold as (
    select pbx_id, queue_key,
        coalesce((:overrides -> queue_key ->> 'service_level')::integer, :service_level) as service_level,
        coalesce((:overrides -> queue_key ->> 'short_abandon')::integer, :short_abandon) as short_abandon,
        coalesce(:overrides -> queue_key ->> 'service_level_variant', :service_level_variant) as variant,
        coalesce((:overrides -> queue_key ->> 'wrap_up')::integer, :wrap_up) as wrap_up
    from queue
),
counted as (
    select h.pbx_id, h.queue_key, t.period, t.outcome, t.wait_s, t.visits, t.transferred, t.talk_s, t.talks,
        h.service_level, h.short_abandon
    from tally as t
    join threshold as h on h.pbx_id = t.pbx_id and h.queue_key = voip.queue_key(t.queue)
),
summed as (
    select pbx_id, queue_key, period,
        sum(visits) as offered,
        sum(visits) filter (where outcome = 'answered') as answered,
        sum(visits) filter (where outcome = 'abandoned') as abandoned,
        sum(visits) filter (where outcome = 'abandoned' and wait_s < short_abandon) as abandoned_short,
        sum(visits) filter (where outcome = 'timed_out') as timed_out,
        sum(visits) filter (where outcome = 'exit_key') as exit_key,
        sum(visits) filter (where outcome = 'exit_empty') as exit_empty,
        sum(visits) filter (where outcome = 'withdrawn') as withdrawn,
        sum(visits) filter (where outcome = 'unserved') as unserved,
        sum(visits) filter (where outcome = 'in_progress') as in_progress,
        sum(visits) filter (where outcome = 'answered' and wait_s <= service_level) as answered_in_time,
        sum(visits) filter (where outcome = 'abandoned' and wait_s <= service_level) as abandoned_in_time,
        sum(visits * wait_s) filter (where outcome = 'answered')
            / sum(visits) filter (where outcome = 'answered' and wait_s is not null) as asa_s,
        sum(visits * wait_s) filter (where outcome = 'abandoned')
            / sum(visits) filter (where outcome = 'abandoned' and wait_s is not null) as abandon_wait_avg_s,
        sum(talk_s) filter (where outcome = 'answered') as talk_s,
        sum(talks) filter (where outcome = 'answered') as talks,
        sum(transferred) filter (where outcome = 'answered') as transferred
    from counted
    group by pbx_id, queue_key, period
),
-- Ended visits by their wait: "upto" of the "visits" waited no longer than wait_s.
waited as (
    select pbx_id, queue_key, period, wait_s, visits,
        sum(visits) over (partition by pbx_id, queue_key, period order by wait_s) as upto,
        sum(visits) over (partition by pbx_id, queue_key, period) - 1 as last
    from (
        select pbx_id, queue_key, period, wait_s, sum(visits) as visits
        from counted
        where outcome not in ('unserved', 'in_progress') and wait_s is not null
        group by 1, 2, 3, 4
    ) as ended
),
-- percentile_cont: the visit at position p * (n - 1) counted from 0, interpolated between its neighbours.
spread as (
    select pbx_id, queue_key, period, last,
        sum(visits * wait_s) / sum(visits) as mean,
        max(wait_s) as longest,
        min(wait_s) filter (where upto > floor(0.5 * last)) as below_p50,
        min(wait_s) filter (where upto > ceil(0.5 * last)) as above_p50,
        min(wait_s) filter (where upto > floor(0.9 * last)) as below_p90,
        min(wait_s) filter (where upto > ceil(0.9 * last)) as above_p90
    from waited
    group by pbx_id, queue_key, period, last
),
-- Distinct callers are counted by a 64-bit hash, in one numeric sort: two of a million callers in a period collide with
-- a probability of 3 in 100 million. As this does not refer to the queries above, it runs in parallel.
callers as (
    select queue_hash, period, count(distinct caller_hash) as distinct_callers
    from (
        select hashtextextended(voip.queue_key(v.queue), v.pbx_id) as queue_hash,
            case when cardinality(:periods) = 1 then 1 else width_bucket(v.entered_at, :periods) end as period,
            hashtextextended(voip.caller_key(v.caller_e164, v.caller), 0) as caller_hash
        from voip.counted_visits(:window_from, :window_to) as v
        where (:queue is null or voip.queue_key(v.queue) = voip.queue_key(:queue))
            and (:pbx is null or v.pbx_id = (select pbx_id from voip.pbx where name = :pbx))
            and voip.caller_key(v.caller_e164, v.caller) <> ''
    ) as visit
    group by queue_hash, period
),
wrapped as (
    select h.pbx_id, h.queue_key, width_bucket(w.entered_at, :periods) as period,
        sum(least(h.wrap_up, extract(epoch from w.next_at - w.left_at)::integer)) as wrap_s
    from voip.wrap_ups(:window_from, :window_to) as w
    join threshold as h on h.pbx_id = w.pbx_id and h.queue_key = voip.queue_key(w.queue)
    where h.wrap_up > 0 and exists (select 1 from threshold where wrap_up > 0)
    group by 1, 2, 3
)
select
    p.begins as period_start,
    p.ends as period_end,
    :timezone as timezone,
    q.queue,
    coalesce(s.offered, 0) as offered,
    coalesce(s.answered, 0) as answered,
    coalesce(s.abandoned, 0) as abandoned,
    coalesce(s.abandoned_short, 0) as abandoned_short,
    coalesce(s.timed_out, 0) as timed_out,
    -- Legs do not show how a caller left a queue.
    case when q.source = 'cdr' then s.exit_key else coalesce(s.exit_key, 0) end as exit_key,
    case when q.source = 'cdr' then s.exit_empty else coalesce(s.exit_empty, 0) end as exit_empty,
    case when q.source = 'cdr' then s.withdrawn else coalesce(s.withdrawn, 0) end as withdrawn,
    coalesce(s.unserved, 0) as unserved,
    coalesce(s.in_progress, 0) as in_progress,
    round(100.0 * coalesce(s.answered, 0) / nullif(s.offered, 0), 1) as answered_pct,
    round(
        100.0 * (coalesce(s.abandoned, 0) - coalesce(s.abandoned_short, 0))
        / nullif(s.offered - coalesce(s.abandoned_short, 0), 0), 1) as abandoned_pct,
    h.service_level as service_level_s,
    h.variant as service_level_variant,
    round(
        100.0 * case when h.variant = 'with_abandoned'
            then coalesce(s.answered_in_time, 0) + coalesce(s.abandoned_in_time, 0)
            else coalesce(s.answered_in_time, 0) end
        / nullif(
            case h.variant
                when 'offered' then s.offered - coalesce(s.abandoned_short, 0) - coalesce(s.in_progress, 0)
                when 'answered' then coalesce(s.answered, 0)
                when 'answered_abandoned' then coalesce(s.answered, 0) + coalesce(s.abandoned, 0)
                when 'with_abandoned' then coalesce(s.answered, 0) + coalesce(s.abandoned, 0)
            end, 0), 1) as service_level_pct,
    round(s.asa_s, 1) as asa_s,
    round(w.mean, 1) as wait_avg_s,
    round(w.below_p50 + (0.5 * w.last - floor(0.5 * w.last)) * (w.above_p50 - w.below_p50), 1) as wait_p50_s,
    round(w.below_p90 + (0.9 * w.last - floor(0.9 * w.last)) * (w.above_p90 - w.below_p90), 1) as wait_p90_s,
    w.longest as wait_max_s,
    round(s.abandon_wait_avg_s, 1) as abandon_wait_avg_s,
    case when coalesce(s.answered, 0) = 0 then 0 else s.talk_s end as talk_total_s,
    round(s.talk_s / nullif(s.talks, 0), 1) as talk_avg_s,
    round((s.talk_s + coalesce(x.wrap_s, 0)) / nullif(s.answered, 0), 1) as aht_s,
    coalesce(s.transferred, 0) as transferred,
    coalesce(c.distinct_callers, 0) as unique_callers,
    q.source,
    b.name as pbx
from period as p
cross join queue as q
join voip.pbx as b on b.pbx_id = q.pbx_id
join threshold as h on h.pbx_id = q.pbx_id and h.queue_key = q.queue_key
left join summed as s on s.pbx_id = q.pbx_id and s.queue_key = q.queue_key and s.period = p.n
left join spread as w on w.pbx_id = q.pbx_id and w.queue_key = q.queue_key and w.period = p.n
left join callers as c on c.queue_hash = hashtextextended(q.queue_key, q.pbx_id) and c.period = p.n
left join wrapped as x on x.pbx_id = q.pbx_id and x.queue_key = q.queue_key and x.period = p.n
order by p.begins, lower(q.queue), b.name
