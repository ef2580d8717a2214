-- When the PBX was started. $1: PBX.
-- A restart has no agent, and the index of the agents' events has these few together. The server, which takes every third
-- event in it for one without an agent, would rather read the whole table; as it does not know how long the span is, it uses
-- the index.
select e.at
from unnest(array['-infinity'::timestamptz], array['infinity'::timestamptz]) as span (first, last)
cross join lateral (
    select at
    from voip.queue_event
    where pbx_id = $1 and agent is null and event = 'QUEUESTART' and at >= span.first and at < span.last
    offset 0) as e
order by e.at
