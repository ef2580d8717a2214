-- title: Unmatched numbers
-- description: Outside numbers that no contact has, the busiest first: one row per number.
-- parameter: window_from timestamptz: First moment of the window.
-- parameter: window_to timestamptz: First moment after the window.
-- parameter: queue text = null: Only calls that entered this queue first.
-- parameter: agent text = null: Only calls that this queue member answered, or of this extension.
-- parameter: pbx text = null: Only this PBX.
-- parameter: totals boolean = false: Whether a last row covers all numbers.
-- column: number_e164 text "number": The number as E.164.
-- column: calls integer: Calls with the number.
-- column: inbound integer: Calls from it.
-- column: outbound integer: Calls to it.
-- column: talk_total_s duration "talk": Talk time of these calls.
-- column: first_call_at timestamp "first call": The first of them.
-- column: last_call_at timestamp "last call": The last of them.
-- column: pbx text "PBX": The PBXs of the calls, separated by semicolons.
with line as (
    select customer_e164, count(*) as calls, count(*) filter (where direction = 'inbound') as inbound,
        count(*) filter (where direction = 'outbound') as outbound, sum(talk_s) as talk_s, min(started_at) as first_at,
        max(started_at) as last_at, string_agg(distinct b.name, ';' order by b.name) as pbx
    from voip.call
    join voip.pbx as b using (pbx_id)
    where started_at >= :window_from and started_at < :window_to and match = 'unmatched'
        and customer_e164 is not null
        and (:queue is null or voip.queue_key(queue) = voip.queue_key(:queue))
        and (:agent is null or agent = :agent or extension = :agent)
        and (:pbx is null or b.name = :pbx)
    group by 1
),
total as (
    select null, sum(calls)::bigint, sum(inbound)::bigint, sum(outbound)::bigint, sum(talk_s)::bigint, min(first_at),
        max(last_at), case when min(pbx) = max(pbx) then min(pbx) end
    from line
    having :totals and count(*) > 1
)
select
    customer_e164 as number_e164,
    calls,
    inbound,
    outbound,
    talk_s as talk_total_s,
    first_at as first_call_at,
    last_at as last_call_at,
    pbx
from (select * from line union all select * from total) as f
order by customer_e164 is null, calls desc, last_at desc, customer_e164
