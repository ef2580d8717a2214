-- title: First-contact resolution
-- description: How often one answered call was enough, so that the caller did not call again within some days: one row per period, PBX and queue.
-- parameter: window_from timestamptz: First moment of the window.
-- parameter: window_to timestamptz: First moment after the window.
-- parameter: periods timestamptz[]: Beginnings of the window's periods, in order.
-- parameter: timezone text: IANA name of the zone that the periods are made for.
-- parameter: now timestamptz: The moment that counts as now.
-- parameter: queue text = null: Only calls that entered this queue first.
-- parameter: pbx text = null: Only this PBX.
-- parameter: within_days integer = 7: A call from the same number within this many days is a repetition.
-- parameter: totals boolean = false: Whether a last row covers all queues and periods.
-- column: period_start timestamp "from": Beginning of the period, inclusive.
-- column: period_end timestamp "until": End of the period, exclusive.
-- column: timezone text: Zone of the periods.
-- column: queue text: The first queue that the call entered; empty for calls without a queue.
-- column: contacts integer "answered with a number": Inbound calls that somebody answered, from callers who sent a number.
-- column: resolved integer: Contacts after which the caller did not call again within within_days, wherever that call went and whether or not it was answered.
-- column: repeated integer: Contacts after which they did.
-- column: undecided integer: Contacts without a repetition so far, whose days were not over at the end of the data.
-- column: fcr_pct percent "resolved, % of decided": resolved / (resolved + repeated).
-- column: within_days integer "days": How many days without a call make a contact resolved.
-- column: pbx text "PBX": The PBX of the calls.
-- check: contacts = resolved + repeated + undecided
with period as (
    select n, begins, lead(begins, 1, :window_to) over (order by n) as ends
    from unnest(:periods) with ordinality as list (begins, n)
),
data_end as (
    select least(:now, max(started_at)) as at from voip.call
),
call as (
    select call_id, pbx_id, queue, disposition, started_at,
        lead(started_at) over (
            partition by pbx_id, voip.caller_key(customer_e164, customer) order by started_at, call_id) as next_at
    from voip.call
    where started_at >= :window_from and started_at < :window_to + :within_days * interval '1 day'
        and (:pbx is null or pbx_id = (select pbx_id from voip.pbx where name = :pbx))
        and direction = 'inbound' and voip.caller_key(customer_e164, customer) <> ''
),
contact as (
    select pbx_id, coalesce(voip.queue_key(queue), '') as queue_key, queue, width_bucket(started_at, :periods) as period,
        next_at <= started_at + :within_days * interval '1 day' as is_repeated,
        started_at + :within_days * interval '1 day' <= (select at from data_end) as is_over
    from call
    where started_at < :window_to and disposition = 'answered'
        and (:queue is null or voip.queue_key(queue) = voip.queue_key(:queue))
),
line as (
    select p.begins, p.ends, mode() within group (order by c.queue) as queue, count(*) as contacts,
        count(*) filter (where is_repeated) as repeated,
        count(*) filter (where is_repeated is not true and is_over) as resolved, b.name as pbx
    from contact as c
    join period as p on p.n = c.period
    join voip.pbx as b on b.pbx_id = c.pbx_id
    group by p.begins, p.ends, c.queue_key, b.name
),
total as (
    select null::timestamptz, null::timestamptz, null, sum(contacts)::bigint, sum(repeated)::bigint, sum(resolved)::bigint,
        case when min(pbx) = max(pbx) then min(pbx) end
    from line
    having :totals and count(*) > 1
)
select begins as period_start, ends as period_end, :timezone as timezone, queue, contacts, resolved, repeated,
    contacts - resolved - repeated as undecided, round(100.0 * resolved / nullif(resolved + repeated, 0), 1) as fcr_pct,
    :within_days as within_days, pbx
from (select * from line union all select * from total) as f
order by begins nulls last, queue nulls last, pbx
