-- Writes the visits of a first load again, in the order in which callers entered, each with the call of its legs.
create temporary table linked_visit on commit drop as
select v.pbx_id, v.callid, v.queue, v.entry, v.source, v.entered_at, v.connected_at, v.left_at, v.outcome, v.wait_s,
    v.ring_s, v.talk_s, v.position, v.left_position, v.agent, v.ended_by, v.transferred, v.transfer_target, v.exit_key,
    v.caller, v.caller_e164, v.entry_callid, coalesce(v.call_id, c.call_id) as call_id
from voip.queue_visit as v
left join (
    -- Most legs belong to no visit, and all of them would not fit into memory as groups.
    select l.uniqueid, l.pbx_id, min(l.call_id) as call_id
    from voip.cdr as l
    where exists (select 1 from voip.queue_visit as q where q.callid = l.uniqueid and q.pbx_id = l.pbx_id)
    group by l.uniqueid, l.pbx_id
) as c on v.source = 'queue_log' and c.uniqueid = v.callid and c.pbx_id = v.pbx_id;

truncate voip.queue_visit;

insert into voip.queue_visit (
    pbx_id, callid, queue, entry, source, entered_at, connected_at, left_at, outcome, wait_s, ring_s, talk_s, position,
    left_position, agent, ended_by, transferred, transfer_target, exit_key, caller, caller_e164, entry_callid, call_id
)
select pbx_id, callid, queue, entry, source, entered_at, connected_at, left_at, outcome, wait_s, ring_s, talk_s, position,
    left_position, agent, ended_by, transferred, transfer_target, exit_key, caller, caller_e164, entry_callid, call_id
from linked_visit
order by entered_at, callid, queue, entry;

drop table linked_visit
