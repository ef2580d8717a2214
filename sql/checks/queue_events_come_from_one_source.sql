-- Where the queue_log is known, there are no events from AMI as well.
select e.pbx_id, e.at, e.event, e.callid, e.queue, e.agent
from voip.queue_event as e
join voip.queue_log_span as s on s.pbx_id = e.pbx_id and e.at > s.first_at and e.at < s.last_at
where e.source = 'ami'
