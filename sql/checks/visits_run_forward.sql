-- A visit to a queue is entered, connected and left in this order, and no length is negative.
-- The log has whole seconds, and an answer taken from a leg is another reading of the clock.
select pbx_id, callid, queue, entry, source, entered_at, connected_at, left_at, wait_s, ring_s, talk_s
from voip.queue_visit
where left_at < entered_at
    or connected_at < entered_at - interval '1 s'
    or connected_at > left_at + interval '1 s'
    or least(wait_s, ring_s, talk_s, position, left_position) < 0
    or entry < 1
