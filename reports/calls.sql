-- title: Calls
-- description: All calls of the PBX, however many legs they have: one row per period, PBX and direction.
-- parameter: window_from timestamptz: First moment of the window.
-- parameter: window_to timestamptz: First moment after the window.
-- parameter: periods timestamptz[]: Beginnings of the window's periods, in order.
-- parameter: timezone text: IANA name of the zone that the periods are made for.
-- parameter: queue text = null: Only calls that entered this queue first.
-- parameter: agent text = null: Only calls that this queue member answered, or of this extension.
-- parameter: pbx text = null: Only this PBX.
-- parameter: totals boolean = false: Whether a last row covers all directions and periods.
-- main: calls, answered, no_answer, busy, failed, answered_pct, talk_total_s, talk_avg_s, unique_numbers, matched_pct
-- column: period_start timestamp "from": Beginning of the period, inclusive.
-- column: period_end timestamp "until": End of the period, exclusive.
-- column: timezone text: Zone of the periods.
-- column: direction text: inbound, outbound, internal or unknown.
-- column: calls integer: Calls that started in the period.
-- column: answered integer: Calls that somebody answered, or a menu or an announcement if no phone rang. A mailbox is not an answer.
-- column: no_answer integer "no answer": Calls that nobody answered.
-- column: busy integer: Calls that found the line busy.
-- column: failed integer: Calls that could not be connected.
-- column: answered_pct percent "answered, % of calls": answered / calls.
-- column: talk_total_s duration "talk": Talk time of the answered calls.
-- column: talk_avg_s average "mean talk": talk_total_s / answered.
-- column: unique_numbers integer "numbers": Distinct outside numbers, as E.164 if they have an E.164 form.
-- column: matched integer "known callers": Calls whose number belongs to one contact.
-- column: matched_pct percent "known, % of numbered": matched / calls with a number to match.
-- column: pbx text "PBX": The PBX of the calls.
-- check: calls = answered + no_answer + busy + failed
with period as (
    select n, begins, lead(begins, 1, :window_to) over (order by n) as ends
    from unnest(:periods) with ordinality as list (begins, n)
),
summed as (
    select pbx_id, direction,
        case when cardinality(:periods) = 1 then 1 else width_bucket(started_at, :periods) end as period,
        count(*) as calls,
        count(*) filter (where disposition = 'answered') as answered,
        count(*) filter (where disposition = 'no_answer') as no_answer,
        count(*) filter (where disposition = 'busy') as busy,
        count(*) filter (where disposition = 'failed') as failed,
        coalesce(sum(talk_s) filter (where disposition = 'answered'), 0) as talk_s,
        count(*) filter (where match = 'matched') as matched,
        count(match) as with_number
    from voip.call
    where started_at >= :window_from and started_at < :window_to
        and (:queue is null or voip.queue_key(queue) = voip.queue_key(:queue))
        and (:agent is null or agent = :agent or extension = :agent)
        and (:pbx is null or call.pbx_id = (select pbx_id from voip.pbx where name = :pbx))
    group by 1, 2, 3
),
-- As in the report queues: distinct numbers are counted by a 64-bit hash, in one numeric sort.
outside as (
    select pbx_id, period, direction_number, count(distinct number) as numbers
    from (
        select pbx_id, array_position(array['inbound', 'outbound', 'internal', 'unknown'], direction) as direction_number,
            case when cardinality(:periods) = 1 then 1 else width_bucket(started_at, :periods) end as period,
            hashtextextended(voip.caller_key(customer_e164, customer), 0) as number
        from voip.call
        where started_at >= :window_from and started_at < :window_to
            and (:queue is null or voip.queue_key(queue) = voip.queue_key(:queue))
            and (:agent is null or agent = :agent or extension = :agent)
            and (:pbx is null or call.pbx_id = (select pbx_id from voip.pbx where name = :pbx))
            and voip.caller_key(customer_e164, customer) <> ''
    ) as call
    group by 1, 2, 3
),
line as (
    select p.begins, p.ends, d.direction, b.name as pbx, coalesce(s.calls, 0) as calls, coalesce(s.answered, 0) as answered,
        coalesce(s.no_answer, 0) as no_answer, coalesce(s.busy, 0) as busy, coalesce(s.failed, 0) as failed,
        coalesce(s.talk_s, 0) as talk_s, coalesce(o.numbers, 0) as numbers, coalesce(s.matched, 0) as matched,
        coalesce(s.with_number, 0) as with_number
    from period as p
    cross join (select distinct pbx_id, direction from summed) as d
    join voip.pbx as b on b.pbx_id = d.pbx_id
    left join summed as s on s.period = p.n and s.pbx_id = d.pbx_id and s.direction = d.direction
    left join outside as o on o.period = p.n and o.pbx_id = d.pbx_id
        and o.direction_number = array_position(array['inbound', 'outbound', 'internal', 'unknown'], d.direction)
),
whole as (
    select count(distinct hashtextextended(voip.caller_key(customer_e164, customer), 0)) as numbers
    from voip.call
    where started_at >= :window_from and started_at < :window_to
        and (:queue is null or voip.queue_key(queue) = voip.queue_key(:queue))
        and (:agent is null or agent = :agent or extension = :agent)
        and (:pbx is null or call.pbx_id = (select pbx_id from voip.pbx where name = :pbx))
        and voip.caller_key(customer_e164, customer) <> ''
),
total as (
    select null::timestamptz, null::timestamptz, null, case when min(pbx) = max(pbx) then min(pbx) end,
        sum(calls)::bigint, sum(answered)::bigint, sum(no_answer)::bigint, sum(busy)::bigint, sum(failed)::bigint,
        sum(talk_s)::bigint, (select numbers from whole), sum(matched)::bigint, sum(with_number)::bigint
    from line
    having :totals and count(*) > 1
)
select
    f.begins as period_start,
    f.ends as period_end,
    :timezone as timezone,
    f.direction,
    f.calls,
    f.answered,
    f.no_answer,
    f.busy,
    f.failed,
    round(100.0 * f.answered / nullif(f.calls, 0), 1) as answered_pct,
    f.talk_s as talk_total_s,
    round(f.talk_s::numeric / nullif(f.answered, 0), 1) as talk_avg_s,
    f.numbers as unique_numbers,
    f.matched,
    round(100.0 * f.matched / nullif(f.with_number, 0), 1) as matched_pct,
    f.pbx
from (select * from line union all select * from total) as f
order by f.begins nulls last, f.direction, f.pbx
