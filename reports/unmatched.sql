-- title: Unmatched numbers
-- description: Outside numbers that no contact has, the busiest first: one row per number.
-- parameter: window_from timestamptz: First moment of the window.
-- parameter: window_to timestamptz: First moment after the window.
-- parameter: queue text = null: Only calls that entered this queue first.
-- parameter: agent text = null: Only calls that this queue member answered, or of this extension.
-- parameter: pbx text = null: Only this PBX.
-- column: number_e164 text: The number as E.164.
-- column: calls integer: Calls with the number.
-- column: inbound integer: Calls from it.
-- column: outbound integer: Calls to it.
-- column: talk_total_s duration: Talk time of these calls.
-- column: first_call_at timestamp: The first of them.
-- column: last_call_at timestamp: The last of them.
-- column: pbx text: The PBXs of the calls, separated by semicolons.
select
    customer_e164 as number_e164,
    count(*) as calls,
    count(*) filter (where direction = 'inbound') as inbound,
    count(*) filter (where direction = 'outbound') as outbound,
    sum(talk_s) as talk_total_s,
    min(started_at) as first_call_at,
    max(started_at) as last_call_at,
    string_agg(distinct b.name, ';' order by b.name) as pbx
from voip.call
join voip.pbx as b using (pbx_id)
where started_at >= :window_from and started_at < :window_to and match = 'unmatched'
    and customer_e164 is not null
    and (:queue is null or voip.queue_key(queue) = voip.queue_key(:queue))
    and (:agent is null or agent = :agent or extension = :agent)
    and (:pbx is null or b.name = :pbx)
group by 1
order by calls desc, last_call_at desc, number_e164
