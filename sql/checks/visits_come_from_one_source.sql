-- A visit comes from the queue_log or is estimated from legs, never both.
select pbx_id, callid, count(*) filter (where source = 'cdr') as from_cdr,
       count(*) filter (where source = 'queue_log') as from_queue_log
from voip.queue_visit
group by pbx_id, callid
having count(distinct source) > 1
