-- Every record belongs to a known PBX.
select records.name as records, pbx_id
from (
    select distinct 'cdr' as name, pbx_id from voip.cdr
    union all select distinct 'call', pbx_id from voip.call
    union all select distinct 'queue_event', pbx_id from voip.queue_event
    union all select distinct 'queue_log_span', pbx_id from voip.queue_log_span
    union all select distinct 'queue_visit', pbx_id from voip.queue_visit
    union all select distinct 'agent_session', pbx_id from voip.agent_session
    union all select distinct 'reject', pbx_id from voip.reject
) as records left join voip.pbx as p using (pbx_id)
where p.pbx_id is null
