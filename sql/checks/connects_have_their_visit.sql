-- Every call that enters or is answered in a queue according to the queue_log has a visit there.
select distinct e.pbx_id, e.callid, e.queue
from voip.queue_event as e
left join voip.queue_visit as v on v.callid = e.callid and v.pbx_id = e.pbx_id
    and lower(v.queue collate "C") = lower(e.queue collate "C") and v.source = 'queue_log'
where e.event in ('ENTERQUEUE', 'CONNECT', 'ABANDON', 'COMPLETECALLER', 'COMPLETEAGENT')
    and e.callid is not null and e.queue is not null and v.callid is null
    -- An attended transfer may have logged the beginning under another callid.
    and not exists (
        select 1 from voip.queue_visit as t
        where t.entry_callid = e.callid and lower(t.queue collate "C") = lower(e.queue collate "C")
            and t.pbx_id = e.pbx_id and t.source = 'queue_log'
    )
