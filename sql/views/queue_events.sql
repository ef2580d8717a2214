create or replace view voip.queue_events as
select e.pbx_id, p.name as pbx, e.at as logged_at, e.event, e.callid, e.queue, e.agent, e.data1, e.data2, e.data3, e.data4,
    e.data5, e.source
from voip.queue_event as e
left join voip.pbx as p on p.pbx_id = e.pbx_id;

comment on view voip.queue_events is 'One row per line of the queue_log.';
comment on column voip.queue_events.pbx_id is 'Number of the PBX.';
comment on column voip.queue_events.pbx is 'Name of the PBX in the configuration.';
comment on column voip.queue_events.logged_at is 'When the event was logged, to the second.';
comment on column voip.queue_events.event is 'ENTERQUEUE, CONNECT, ABANDON … as Asterisk names it.';
comment on column voip.queue_events.callid is 'uniqueid of the caller''s channel; NULL for an event of an agent or the PBX.';
comment on column voip.queue_events.queue is 'The queue, if the event concerns one.';
comment on column voip.queue_events.agent is 'The agent, as logged.';
comment on column voip.queue_events.data1 is 'First argument; its meaning for each event is in Asterisk''s documentation of the queue_log.';
comment on column voip.queue_events.data2 is 'Second argument.';
comment on column voip.queue_events.data3 is 'Third argument.';
comment on column voip.queue_events.data4 is 'Fourth argument.';
comment on column voip.queue_events.data5 is 'Fifth argument and all further ones, joined by |.';
comment on column voip.queue_events.source is 'queue_log, or ami for an event stored by "events --store".';
