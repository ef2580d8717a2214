-- What the queue_log knows about some calls.
-- $1: uniqueids of their legs; $2, $3: the first and the last of them; $4: PBX.
-- The array comes from a query, so that a table that is kept by month is not searched for the month of each element.
select callid, queue, entry, entered_at, connected_at, left_at, outcome, wait_s, ring_s, talk_s, agent, transferred,
    call_id
from voip.queue_visit
where callid = any((select $1::text[])::text[]) and callid between $2 and $3 and pbx_id = $4 and source = 'queue_log'
order by callid, entered_at, entry
