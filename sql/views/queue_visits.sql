create or replace view voip.queue_visits as
select v.pbx_id, p.name as pbx, v.call_id, v.callid, v.queue, v.entry, v.source, v.entered_at, v.connected_at, v.left_at,
    v.outcome, v.wait_s, v.ring_s, v.talk_s, v.position as entry_position, v.left_position as exit_position, v.agent,
    v.ended_by, v.transferred as is_transferred, v.transfer_target, v.exit_key, v.caller as caller_number, v.caller_e164
from voip.queue_visit as v
left join voip.pbx as p on p.pbx_id = v.pbx_id;

comment on view voip.queue_visits is 'One row per visit of a caller to a queue: from entering to the end of the conversation, or to leaving without an answer.';
comment on column voip.queue_visits.pbx_id is 'Number of the PBX.';
comment on column voip.queue_visits.pbx is 'Name of the PBX in the configuration.';
comment on column voip.queue_visits.call_id is 'The call: voip.calls.call_id; NULL until a leg of it is loaded.';
comment on column voip.queue_visits.callid is 'The call''s id in the queue_log: uniqueid of the caller''s channel.';
comment on column voip.queue_visits.queue is 'The queue. Compare with voip.queue_key(queue): the log may spell one queue in two ways.';
comment on column voip.queue_visits.entry is '1 for the call''s first visit to this queue, 2 for the second, and so on.';
comment on column voip.queue_visits.source is 'queue_log, or cdr for an estimate from the legs.';
comment on column voip.queue_visits.entered_at is 'When the caller entered.';
comment on column voip.queue_visits.connected_at is 'When an agent answered.';
comment on column voip.queue_visits.left_at is 'When the visit ended: hang-up, transfer, abandon …; NULL while unknown.';
comment on column voip.queue_visits.outcome is 'answered, abandoned, timed_out, exit_key, exit_empty, withdrawn, unserved or in_progress.';
comment on column voip.queue_visits.wait_s is 'How long the caller waited, in seconds, as the PBX logged it; NULL while unknown.';
comment on column voip.queue_visits.ring_s is 'How long the phone of the agent who answered rang, in seconds.';
comment on column voip.queue_visits.talk_s is 'How long they talked, in seconds; NULL while unknown.';
comment on column voip.queue_visits.entry_position is 'Position in the queue on entering.';
comment on column voip.queue_visits.exit_position is 'Position on leaving without an answer.';
comment on column voip.queue_visits.agent is 'Who answered: the agent''s name in the log.';
comment on column voip.queue_visits.ended_by is 'agent, caller or transfer.';
comment on column voip.queue_visits.is_transferred is 'Whether the agent transferred the caller.';
comment on column voip.queue_visits.transfer_target is 'Target of the transfer.';
comment on column voip.queue_visits.exit_key is 'The key that the caller pressed to leave.';
comment on column voip.queue_visits.caller_number is 'The caller''s number as the PBX wrote it.';
comment on column voip.queue_visits.caller_e164 is 'The same as E.164.';
