-- What the queue_log says about a call, in the order of the log; within a second, in the order in which a call
-- proceeds.
-- $1: call_id; $2: PBX.
select extract(epoch from e.logged_at)::bigint as logged, e.event, e.callid, e.queue, e.agent, e.data1, e.data2, e.data3,
    e.data4, e.data5, e.source
from voip.queue_events as e
where e.callid = any(array(select l.uniqueid from voip.legs as l where l.call_id = $1))
    and e.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $2)
order by e.logged_at,
    case
        when e.event = 'DID' then 0
        when e.event = 'ENTERQUEUE' then 1
        when e.event in ('RINGNOANSWER', 'RINGCANCELED') then 2
        when e.event = 'CONNECT' then 3
        when e.event in ('ATTENDEDTRANSFER', 'BLINDTRANSFER') then 5
        when e.event in ('COMPLETEAGENT', 'COMPLETECALLER') then 6
        else 4
    end
