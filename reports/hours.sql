-- title: Hours of the week
-- description: When callers come to the queues, over any window: one row per weekday and hour of the day with visits, in the report's zone.
-- parameter: window_from timestamptz: First moment of the window.
-- parameter: window_to timestamptz: First moment after the window.
-- parameter: timezone text: IANA name of the zone of the hours.
-- parameter: queue text = null: Only this queue.
-- parameter: pbx text = null: Only this PBX.
-- parameter: service_level integer = 20: Seconds within which a call should be answered.
-- parameter: short_abandon integer = 5: A caller who hung up before this many seconds is a short abandon.
-- parameter: overrides jsonb = {}: By queue name: service_level, short_abandon.
-- parameter: totals boolean = false: Whether a last row covers the whole week.
-- main: hour, offered, offered_avg, answered, lost, lost_pct, in_time_pct, asa_s, wait_p90_s, aht_s
-- column: weekday text: Mon to Sun.
-- column: hour text: The hour, such as 09:00.
-- column: timezone text: Zone of the hours.
-- column: days integer: How many of these weekdays the window touches.
-- column: offered integer: Visits that entered a queue in the hour.
-- column: offered_avg decimal "offered a day": offered / days.
-- column: answered integer: Visits that an agent answered.
-- column: lost integer: Visits that ended without an agent, short ones aside.
-- column: short integer: Callers who hung up at once.
-- column: in_progress integer "still waiting": Still waiting at the end of the data.
-- column: lost_pct percent "lost % without short": lost / (offered - short - in_progress).
-- column: in_time_pct percent "in time % without short": Answered within service_level / (offered - short - in_progress).
-- column: asa_s average "mean wait of answered": Mean wait of the answered visits.
-- column: wait_p90_s average "wait of 90 %": 90th percentile of the waits of visits that ended (percentile_cont).
-- column: aht_s average "mean talk": Talk time of answered visits / those of known talk time.
-- check: offered = answered + lost + short + in_progress
with visit as (
    select extract(isodow from v.entered_at at time zone :timezone)::integer as day,
        extract(hour from v.entered_at at time zone :timezone)::integer as hour, v.outcome, v.wait_s, v.talk_s,
        v.outcome = 'abandoned' and v.wait_s is not null
            and v.wait_s < coalesce((:overrides -> voip.queue_key(v.queue) ->> 'short_abandon')::integer, :short_abandon)
            as is_short,
        v.wait_s <= coalesce((:overrides -> voip.queue_key(v.queue) ->> 'service_level')::integer, :service_level) as is_early
    from voip.counted_visits(:window_from, :window_to) as v
    where (:queue is null or voip.queue_key(v.queue) = voip.queue_key(:queue))
        and (:pbx is null or v.pbx_id = (select pbx_id from voip.pbx where name = :pbx))
),
date as (
    select extract(isodow from day)::integer as day, count(*) as days
    from generate_series(
        date_trunc('day', :window_from at time zone :timezone),
        (:window_to at time zone :timezone) - interval '1 microsecond', interval '1 day') as day
    group by 1
),
line as (
    select day, hour, grouping(day) as is_total,
        count(*) as offered, count(*) filter (where outcome = 'answered') as answered,
        count(*) filter (where is_short) as short, count(*) filter (where outcome = 'in_progress') as waiting,
        count(*) filter (where outcome = 'answered' and is_early) as in_time,
        sum(wait_s) filter (where outcome = 'answered') as wait_s,
        count(wait_s) filter (where outcome = 'answered') as waits,
        percentile_cont(0.9) within group (order by wait_s) filter (where outcome not in ('unserved', 'in_progress')) as p90,
        sum(talk_s) filter (where outcome = 'answered') as talk_s,
        count(talk_s) filter (where outcome = 'answered') as talks
    from visit
    group by grouping sets ((day, hour), ())
)
select (array['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])[f.day] as weekday, lpad(f.hour::text, 2, '0') || ':00' as hour,
    :timezone as timezone, case when f.is_total = 0 then d.days else (select sum(days)::bigint from date) end as days, offered,
    round(offered::numeric / case when f.is_total = 0 then d.days else (select sum(days) from date) end, 1) as offered_avg,
    answered, offered - answered - short - waiting as lost, short, waiting as in_progress,
    round(100.0 * (offered - answered - short - waiting) / nullif(offered - short - waiting, 0), 1) as lost_pct,
    round(100.0 * in_time / nullif(offered - short - waiting, 0), 1) as in_time_pct,
    round(wait_s::numeric / nullif(waits, 0), 1) as asa_s, round(p90::numeric, 1) as wait_p90_s,
    round(talk_s::numeric / nullif(talks, 0), 1) as aht_s
from line as f
left join date as d on d.day = f.day
where f.is_total = 0 or :totals and (select count(*) from line where is_total = 0) > 1
order by f.day nulls last, f.hour
