-- The visits of a call to queues, in the order in which it entered them.
-- $1: call_id.
select v.callid, v.queue, v.entry, v.source, extract(epoch from v.entered_at)::bigint as entered,
    extract(epoch from v.connected_at)::bigint as connected, extract(epoch from v.left_at)::bigint as "left", v.outcome,
    v.wait_s, v.ring_s, v.talk_s, v.agent, v.ended_by, v.is_transferred, v.transfer_target, v.exit_key
from voip.queue_visits as v
where v.call_id = $1
order by v.entered_at, v.entry
