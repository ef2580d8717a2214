-- What the queue_log knows about some calls.
-- $1: uniqueids of their legs; $2: PBX.
select callid, queue, entry, entered_at, connected_at, left_at, outcome, wait_s, ring_s, talk_s, agent, transferred,
    call_id
from voip.queue_visit
where callid = any($1) and pbx_id = $2 and source = 'queue_log'
order by callid, entered_at, entry
