-- title: Queues
-- description: What was offered to each queue, what became of it and how long people waited: one row a period and queue.
-- parameter: window_from timestamptz: First moment of the window.
-- parameter: window_to timestamptz: First moment after the window.
-- parameter: periods timestamptz[]: Beginnings of the window's periods, in order.
-- parameter: timezone text: IANA name of the zone that the periods are made for.
-- parameter: queue text = null: Only this queue.
-- parameter: service_level integer = 20: Seconds within which a call is to be answered.
-- parameter: short_abandon integer = 5: A caller who hung up earlier than this did not give us a chance.
-- parameter: service_level_variant text = offered: offered, answered, answered_abandoned or with_abandoned.
-- parameter: wrap_up integer = 0: Seconds of work after a call.
-- parameter: overrides jsonb = {}: By queue name: service_level, short_abandon, service_level_variant, wrap_up.
-- column: period_start timestamp: Beginning of the period, inside it.
-- column: period_end timestamp: End of the period, no longer inside it.
-- column: timezone text: Zone of the periods.
-- column: queue text: Queue.
-- column: offered integer: Visits that entered the queue in the period.
-- column: answered integer: Visits that an agent answered.
-- column: abandoned integer: The caller hung up waiting, short_abandon included.
-- column: abandoned_short integer: Of the abandoned: wait < short_abandon.
-- column: timed_out integer: Waited longer than the queue allows and went on in the dialplan.
-- column: exit_key integer: The caller pressed a key to leave.
-- column: exit_empty integer: Sent away because no agent was there any more.
-- column: withdrawn integer: Taken out of the queue by the PBX (WITHDRAW).
-- column: unserved integer: Has no end and can have none any more: a restart, a repeated entry.
-- column: in_progress integer: Still waiting when the data end.
-- column: answered_pct percent: answered / offered.
-- column: abandoned_pct percent: (abandoned - abandoned_short) / (offered - abandoned_short).
-- column: service_level_s duration: T: the wait within which a call counts as answered in time (wait <= T).
-- column: service_level_variant text: Which formula service_level_pct follows.
-- column: service_level_pct percent: offered: answered in T / (offered - abandoned_short - in_progress); answered: answered in T / answered; answered_abandoned: answered in T / (answered + abandoned); with_abandoned: (answered in T + abandoned in T) / (answered + abandoned).
-- column: asa_s average: Average speed of answer: mean wait of the answered.
-- column: wait_avg_s average: Mean wait of all visits that ended.
-- column: wait_p50_s average: Half of all visits that ended waited no longer (percentile_cont).
-- column: wait_p90_s average: Nine of ten waited no longer (percentile_cont).
-- column: wait_max_s duration: Longest wait of a visit that ended.
-- column: abandon_wait_avg_s average: Mean wait of the abandoned.
-- column: talk_total_s duration: Talk of the answered, as far as known.
-- column: talk_avg_s average: Mean talk of the answered whose talk is known.
-- column: aht_s average: (talk + wrap-up) / answered; the caller's wait is not in it.
-- column: transferred integer: Answered visits that the agent passed on.
-- column: unique_callers integer: Distinct callers, as E.164 where they have one; visits without a number are not counted.
-- column: source text: queue_log, or cdr: only CDRs are there and waits are estimated from the legs.
-- check: offered = answered + abandoned + timed_out + exit_key + exit_empty + withdrawn + unserved + in_progress
with period as (
    select n, begins, lead(begins, 1, :window_to) over (order by n) as ends
    from unnest(:periods) with ordinality as list (begins, n)
),
-- One pass over the visits: how many of a kind waited so long. All figures but the callers come from this.
-- Where there is one period, its number is written down, so that the planner sees few groups and works in parallel.
tally as (
    select v.pbx_id, v.queue, v.source = 'queue_log' as is_logged,
        case when cardinality(:periods) = 1 then 1 else width_bucket(v.entered_at, :periods) end as period,
        v.outcome, v.wait_s, count(*) as visits, count(*) filter (where v.transferred) as transferred,
        sum(v.talk_s) as talk_s, count(v.talk_s) as talks
    from voip.queue_visit as v
    where v.entered_at >= :window_from and v.entered_at < :window_to and (:queue is null or v.queue = :queue)
    group by 1, 2, 3, 4, 5, 6
),
-- Estimates from the legs count only where the queue has no log of its own in this window.
based_on as (
    select pbx_id, queue, bool_or(is_logged) as is_logged
    from tally
    group by 1, 2
),
estimated as (
    select pbx_id, queue from based_on where not is_logged
),
queue as (
    select queue,
        case when not bool_or(is_logged) then 'cdr' when bool_and(is_logged) then 'queue_log' else 'cdr;queue_log' end
            as source,
        coalesce((:overrides -> queue ->> 'service_level')::integer, :service_level) as service_level,
        coalesce((:overrides -> queue ->> 'short_abandon')::integer, :short_abandon) as short_abandon,
        coalesce(:overrides -> queue ->> 'service_level_variant', :service_level_variant) as variant,
        coalesce((:overrides -> queue ->> 'wrap_up')::integer, :wrap_up) as wrap_up
    from based_on
    group by queue
),
counted as (
    select t.queue, t.period, t.outcome, t.wait_s, t.visits, t.transferred, t.talk_s, t.talks,
        q.service_level, q.short_abandon
    from tally as t
    join based_on using (pbx_id, queue, is_logged)
    join queue as q using (queue)
),
summed as (
    select queue, period,
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
    group by queue, period
),
-- Visits that ended, by their wait: "upto" of the "visits" waited no longer than wait_s.
waited as (
    select queue, period, wait_s, visits,
        sum(visits) over (partition by queue, period order by wait_s) as upto,
        sum(visits) over (partition by queue, period) - 1 as last
    from (
        select queue, period, wait_s, sum(visits) as visits
        from counted
        where outcome not in ('unserved', 'in_progress') and wait_s is not null
        group by 1, 2, 3
    ) as ended
),
-- percentile_cont: the visit at position p * (n - 1) counted from 0, interpolated between its neighbours.
spread as (
    select queue, period, last,
        sum(visits * wait_s) / sum(visits) as mean,
        max(wait_s) as longest,
        min(wait_s) filter (where upto > floor(0.5 * last)) as below_p50,
        min(wait_s) filter (where upto > ceil(0.5 * last)) as above_p50,
        min(wait_s) filter (where upto > floor(0.9 * last)) as below_p90,
        min(wait_s) filter (where upto > ceil(0.9 * last)) as above_p90
    from waited
    group by queue, period, last
),
-- Distinct callers are counted by a hash of 64 bits, in one sort of numbers: two of a million callers in a period
-- are taken for one with a probability of 3 in 100 million. Without a look at the queries above, this runs in parallel.
callers as (
    select queue_hash, period, count(distinct caller_hash) as distinct_callers
    from (
        select hashtextextended(v.queue, 0) as queue_hash,
            case when cardinality(:periods) = 1 then 1 else width_bucket(v.entered_at, :periods) end as period,
            hashtextextended(coalesce(v.caller_e164, v.caller), 0) as caller_hash
        from voip.queue_visit as v
        where v.entered_at >= :window_from and v.entered_at < :window_to and (:queue is null or v.queue = :queue)
            and (v.source = 'queue_log' or not exists (
                select
                from voip.queue_visit as l
                where l.pbx_id = v.pbx_id and l.queue = v.queue and l.source = 'queue_log'
                    and l.entered_at >= :window_from and l.entered_at < :window_to))
            and coalesce(v.caller_e164, v.caller) <> ''
    ) as visit
    group by queue_hash, period
),
-- The PBX logs no end of wrap-up: it is taken to last as configured, or until the agent's next event.
-- Read backwards in time, the least moment so far is the next one.
timeline as (
    select v.pbx_id, v.agent, v.left_at as at, v.queue, v.entered_at, q.wrap_up
    from voip.queue_visit as v
    join queue as q using (queue)
    where q.wrap_up > 0 and (v.source = 'queue_log' or (v.pbx_id, v.queue) in (select pbx_id, queue from estimated))
        and v.outcome = 'answered' and v.agent is not null and v.left_at is not null
        and v.entered_at >= :window_from and v.entered_at < :window_to
    union all
    select e.pbx_id, e.agent,
        case
            when e.event = 'CONNECT' and e.data3 ~ '^[0-9]{1,6}$' then e.at - e.data3::integer * interval '1 second'
            when e.event in ('RINGNOANSWER', 'RINGCANCELED') and e.data1 ~ '^[0-9]{1,9}$'
                then e.at - e.data1::integer * interval '1 millisecond'
            else e.at
        end, null, null, null
    from voip.queue_event as e
    where exists (select from queue where wrap_up > 0) and e.agent is not null
        and e.at >= :window_from and e.at < :window_to + interval '1 day'
        and e.event in (
            'CONNECT', 'RINGNOANSWER', 'RINGCANCELED', 'PAUSE', 'PAUSEALL', 'REMOVEMEMBER', 'AGENTLOGOFF',
            'AGENTCALLBACKLOGOFF')
),
wrapped as (
    select queue, width_bucket(entered_at, :periods) as period,
        sum(least(wrap_up, extract(epoch from next_at - at)::integer)) as wrap_s
    from (
        select *, min(at) filter (where queue is null) over (
            partition by pbx_id, agent order by at desc, queue nulls first rows unbounded preceding) as next_at
        from timeline
    ) as followed
    where queue is not null
    group by 1, 2
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
    -- Legs do not say how a caller left a queue.
    case when q.source = 'cdr' then s.exit_key else coalesce(s.exit_key, 0) end as exit_key,
    case when q.source = 'cdr' then s.exit_empty else coalesce(s.exit_empty, 0) end as exit_empty,
    case when q.source = 'cdr' then s.withdrawn else coalesce(s.withdrawn, 0) end as withdrawn,
    coalesce(s.unserved, 0) as unserved,
    coalesce(s.in_progress, 0) as in_progress,
    round(100.0 * coalesce(s.answered, 0) / nullif(s.offered, 0), 1) as answered_pct,
    round(
        100.0 * (coalesce(s.abandoned, 0) - coalesce(s.abandoned_short, 0))
        / nullif(s.offered - coalesce(s.abandoned_short, 0), 0), 1) as abandoned_pct,
    q.service_level as service_level_s,
    q.variant as service_level_variant,
    round(
        100.0 * case when q.variant = 'with_abandoned'
            then coalesce(s.answered_in_time, 0) + coalesce(s.abandoned_in_time, 0)
            else coalesce(s.answered_in_time, 0) end
        / nullif(
            case q.variant
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
    q.source
from period as p
cross join queue as q
left join summed as s on s.queue = q.queue and s.period = p.n
left join spread as w on w.queue = q.queue and w.period = p.n
left join callers as c on c.queue_hash = hashtextextended(q.queue, 0) and c.period = p.n
left join wrapped as x on x.queue = q.queue and x.period = p.n
order by p.begins, q.queue
