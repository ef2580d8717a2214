-- What the queue_log says about a call, in the order of the log.
-- $1: call_id; $2: PBX.
select extract(epoch from e.at)::bigint as logged, e.event, e.callid, e.queue, e.agent, e.data1, e.data2, e.data3, e.data4,
    e.data5, e.source
from voip.queue_event as e
where e.callid = any (array(
        select uniqueid from voip.cdr where call_id = $1
    ))
    and e.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $2)
order by e.at,
    case e.event
        when 'DID' then 0 when 'ENTERQUEUE' then 1 when 'RINGNOANSWER' then 2 when 'RINGCANCELED' then 2 when 'CONNECT' then 3
        when 'ATTENDEDTRANSFER' then 5 when 'BLINDTRANSFER' then 5 when 'COMPLETEAGENT' then 6 when 'COMPLETECALLER' then 6
        else 4
    end
