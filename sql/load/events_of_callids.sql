-- All queue events of some calls, whenever they were loaded.
-- $1: callids; $2: PBX; $3: names of the events that make a visit.
select callid, at, event, queue, agent, data1, data2, data3, data4, data5
from voip.queue_event
where callid = any($1) and pbx_id = $2 and event = any($3)
order by callid, at, event_hash
