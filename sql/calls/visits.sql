-- The visits of a call to queues, in the order in which it entered them.
-- $1: call_id.
select callid, queue, entry, source, extract(epoch from entered_at)::bigint as entered,
    extract(epoch from connected_at)::bigint as connected, extract(epoch from left_at)::bigint as "left", outcome, wait_s, ring_s,
    talk_s, agent, ended_by, transferred, transfer_target, exit_key
from voip.queue_visit
where callid = any (array(select uniqueid from voip.cdr where call_id = $1))
    and pbx_id = (select pbx_id from voip.call where call_id = $1)
order by entered_at, entry
