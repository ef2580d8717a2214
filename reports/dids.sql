-- title: Numbers called
-- description: The inbound calls to each of our numbers: one row per period, PBX and number.
-- parameter: window_from timestamptz: First moment of the window.
-- parameter: window_to timestamptz: First moment after the window.
-- parameter: periods timestamptz[]: Beginnings of the window's periods, in order.
-- parameter: timezone text: IANA name of the zone that the periods are made for.
-- parameter: pbx text = null: Only this PBX.
-- parameter: totals boolean = false: Whether a last row covers all numbers and periods.
-- main: calls, answered, no_answer, answered_pct, queued, talk_total_s, talk_avg_s, unique_numbers, matched
-- column: period_start timestamp "from": Beginning of the period, inclusive.
-- column: period_end timestamp "until": End of the period, exclusive.
-- column: timezone text: Zone of the periods.
-- column: did text "our number": The number that was dialled; empty if the PBX did not log it.
-- column: calls integer: Inbound calls that started in the period.
-- column: answered integer: Calls that somebody answered, or a menu or an announcement if no phone rang. A mailbox is not an answer.
-- column: no_answer integer "no answer": Calls that nobody answered.
-- column: busy integer: Calls that found the line busy.
-- column: failed integer: Calls that could not be connected.
-- column: answered_pct percent "answered, % of calls": answered / calls.
-- column: queued integer "to queues": Calls that entered a queue.
-- column: talk_total_s duration "talk": Talk time of the answered calls.
-- column: talk_avg_s average "mean talk": talk_total_s / answered.
-- column: unique_numbers integer "callers": Distinct callers, as E.164 if they have an E.164 form.
-- column: matched integer "known callers": Calls whose number belongs to one contact.
-- column: pbx text "PBX": The PBX of the calls.
-- check: calls = answered + no_answer + busy + failed
with period as (
    select n, begins, lead(begins, 1, :window_to) over (order by n) as ends
    from unnest(:periods) with ordinality as list (begins, n)
),
call as (
    select pbx_id, coalesce(did, '') as did, width_bucket(started_at, :periods) as period, disposition, queues, talk_s, match,
        nullif(voip.caller_key(customer_e164, customer), '') as caller
    from voip.call
    where started_at >= :window_from and started_at < :window_to
        and (:pbx is null or pbx_id = (select pbx_id from voip.pbx where name = :pbx)) and direction = 'inbound'
),
line as (
    select p.begins, p.ends, nullif(c.did, '') as did, count(*) as calls,
        count(*) filter (where disposition = 'answered') as answered,
        count(*) filter (where disposition = 'no_answer') as no_answer, count(*) filter (where disposition = 'busy') as busy,
        count(*) filter (where disposition = 'failed') as failed, count(*) filter (where queues > 0) as queued,
        coalesce(sum(talk_s) filter (where disposition = 'answered'), 0) as talk_s, count(distinct caller) as callers,
        count(*) filter (where match = 'matched') as matched, b.name as pbx
    from call as c
    join period as p on p.n = c.period
    join voip.pbx as b on b.pbx_id = c.pbx_id
    group by p.begins, p.ends, c.did, b.name
),
total as (
    select null::timestamptz, null::timestamptz, null, sum(calls)::bigint, sum(answered)::bigint, sum(no_answer)::bigint,
        sum(busy)::bigint, sum(failed)::bigint, sum(queued)::bigint, sum(talk_s)::bigint,
        (select count(distinct caller) from call), sum(matched)::bigint, case when min(pbx) = max(pbx) then min(pbx) end
    from line
    having :totals and count(*) > 1
)
select begins as period_start, ends as period_end, :timezone as timezone, did, calls, answered, no_answer, busy, failed,
    round(100.0 * answered / nullif(calls, 0), 1) as answered_pct, queued, talk_s as talk_total_s,
    round(talk_s::numeric / nullif(answered, 0), 1) as talk_avg_s, callers as unique_numbers, matched, pbx
from (select * from line union all select * from total) as f
order by begins nulls last, calls desc, did nulls last, pbx
