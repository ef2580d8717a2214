-- Numbers are compared byte by byte, as in the index call_customer.
create or replace view voip.calls as
select c.pbx_id, p.name as pbx, c.call_id, c.linkedid, c.direction, c.disposition, c.started_at, c.answered_at, c.ended_at,
    c.duration_s, c.ring_s, c.wait_s, c.talk_s, c.wait_source, c.customer as customer_number,
    c.customer_e164 collate "C" as customer_e164, c.did, c.extension, c.agent, c.queue,
    c.queues as queue_visit_count, c.transfers as transfer_count, c.legs as leg_count, c.recordingfile as recording_file,
    c.match as contact_match, c.contact_id, k.kind as contact_kind, k.external_id as contact_external_id, k.name as contact_name, k.owner as contact_owner
from voip.call as c
left join voip.pbx as p on p.pbx_id = c.pbx_id
left join voip.contact as k on k.contact_id = c.contact_id;

comment on view voip.calls is 'One row per call, however many phones rang and however often it was transferred.';
comment on column voip.calls.pbx_id is 'Number of the PBX.';
comment on column voip.calls.pbx is 'Name of the PBX in the configuration.';
comment on column voip.calls.call_id is 'Number of the call. It may change while the call''s legs are still being loaded, and is stable afterwards.';
comment on column voip.calls.linkedid is 'Asterisk''s linkedid of the call; for a call without one, its oldest uniqueid.';
comment on column voip.calls.direction is 'inbound, outbound, internal or unknown.';
comment on column voip.calls.disposition is 'answered, no_answer, busy or failed.';
comment on column voip.calls.started_at is 'When the call began.';
comment on column voip.calls.answered_at is 'When a person answered, or the PBX itself if nobody did; NULL for an unanswered call.';
comment on column voip.calls.ended_at is 'When the last party hung up.';
comment on column voip.calls.duration_s is 'ended_at - started_at, in seconds.';
comment on column voip.calls.ring_s is 'How long the answering phone rang, or the last one tried, in seconds; NULL while unknown.';
comment on column voip.calls.wait_s is 'From the start to the answer, or to the end of an unanswered call, in seconds; NULL while unknown.';
comment on column voip.calls.talk_s is 'How long people talked, in seconds.';
comment on column voip.calls.wait_source is 'The source of wait_s: queue_log, or cdr for an estimate from the legs; NULL for a call without a queue.';
comment on column voip.calls.customer_number is 'The outside party''s number as the PBX wrote it; NULL if withheld or internal.';
comment on column voip.calls.customer_e164 is 'The same as E.164, such as +4930123456; NULL if it is not a public number.';
comment on column voip.calls.did is 'Our number that was dialled from outside.';
comment on column voip.calls.extension is 'The inside party.';
comment on column voip.calls.agent is 'The queue member who answered.';
comment on column voip.calls.queue is 'The first queue that the call entered.';
comment on column voip.calls.queue_visit_count is 'Number of visits to queues.';
comment on column voip.calls.transfer_count is 'How often the call was transferred.';
comment on column voip.calls.leg_count is 'Number of legs (CDRs).';
comment on column voip.calls.recording_file is 'Name of the recording, as the PBX wrote it.';
comment on column voip.calls.contact_match is 'matched (one contact has the number), ambiguous (several have) or unmatched; NULL without a number.';
comment on column voip.calls.contact_id is 'The contact that the call is linked to: voip.contacts.contact_id, a number of the warehouse.';
comment on column voip.calls.contact_kind is 'The CRM''s kind of contact: contact, lead, company …';
comment on column voip.calls.contact_external_id is 'The CRM''s own id of the contact.';
comment on column voip.calls.contact_name is 'The contact''s name.';
comment on column voip.calls.contact_owner is 'Who is responsible for the contact.';
