-- A visit belongs to the call of the legs that have its callid as their uniqueid, and to none while there are no such legs.
select v.pbx_id, v.callid, v.queue, v.entry, v.source, v.call_id, c.call_id as leads_to
from voip.queue_visit as v
left join (select distinct pbx_id, uniqueid, call_id from voip.cdr) as c on c.uniqueid = v.callid and c.pbx_id = v.pbx_id
where v.call_id is distinct from c.call_id
  -- The legs that led to the call were pruned.
  and not (
    c.call_id is null
    and v.entered_at < coalesce((select r.kept_from from voip.retention as r where r.kind = 'legs'), '-infinity'))
