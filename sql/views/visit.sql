-- Every visit to a queue that is known: those of the queue_log, and, estimated from legs, those of calls of which the
-- queue_log says nothing. An estimate counts the wait from the beginning of the call.
create or replace view voip.visit as
select pbx_id, callid, queue, entry, source, entered_at, connected_at, left_at, outcome, wait_s, ring_s, talk_s, agent,
    ended_by, transferred, caller, caller_e164
from voip.queue_visit
union all
select pbx_id, linkedid, queue, 1::smallint, wait_source, started_at, answered_at, ended_at,
    case when disposition = 'answered' then 'answered' else 'abandoned' end,
    wait_s, ring_s, case when disposition = 'answered' then talk_s end, extension,
    null, false, customer, customer_e164
from voip.call
where wait_source = 'cdr' and queue is not null
