create or replace view voip.legs as
select c.pbx_id, p.name as pbx, c.call_id, c.uniqueid, c.sequence, c.linkedid, c.start_at as started_at,
    c.answer_at as answered_at, c.end_at as ended_at, c.duration_s, c.billsec_s, c.disposition, c.src, c.dst, c.dcontext,
    c.clid, c.channel, c.dstchannel, c.lastapp, c.lastdata, c.accountcode, c.peeraccount, c.userfield, c.amaflags, c.did,
    c.recordingfile as recording_file, c.cnum, c.cnam, c.outbound_cnum, c.outbound_cnam, c.dst_cnam
from voip.cdr as c
left join voip.pbx as p on p.pbx_id = c.pbx_id;

comment on view voip.legs is 'One row per CDR of the PBX. The legs of a call share its call_id.';
comment on column voip.legs.pbx_id is 'Number of the PBX.';
comment on column voip.legs.pbx is 'Name of the PBX in the configuration.';
comment on column voip.legs.call_id is 'The call: voip.calls.call_id.';
comment on column voip.legs.uniqueid is 'Asterisk''s id of the channel; empty if the PBX does not log it.';
comment on column voip.legs.sequence is 'Asterisk''s sequence number of the CDR; NULL if the source does not have it.';
comment on column voip.legs.linkedid is 'Asterisk''s id of the linked channels; NULL if the source does not have it.';
comment on column voip.legs.started_at is 'When the channel began.';
comment on column voip.legs.answered_at is 'When it was answered.';
comment on column voip.legs.ended_at is 'When it ended.';
comment on column voip.legs.duration_s is 'From start to end, in seconds.';
comment on column voip.legs.billsec_s is 'From answer to end, in seconds.';
comment on column voip.legs.disposition is 'ANSWERED, NO ANSWER, BUSY, FAILED … as the PBX wrote it.';
comment on column voip.legs.src is 'Caller''s number.';
comment on column voip.legs.dst is 'Dialled extension.';
comment on column voip.legs.dcontext is 'Dialplan context.';
comment on column voip.legs.clid is 'Caller''s name and number.';
comment on column voip.legs.channel is 'The caller''s channel.';
comment on column voip.legs.dstchannel is 'The called channel.';
comment on column voip.legs.lastapp is 'The last dialplan application.';
comment on column voip.legs.lastdata is 'Its arguments.';
comment on column voip.legs.accountcode is 'Account code.';
comment on column voip.legs.peeraccount is 'Account code of the called channel.';
comment on column voip.legs.userfield is 'User field.';
comment on column voip.legs.amaflags is 'AMA flags: 1 omit, 2 billing, 3 documentation.';
comment on column voip.legs.did is 'FreePBX: the number that was dialled from outside.';
comment on column voip.legs.recording_file is 'FreePBX: name of the recording.';
comment on column voip.legs.cnum is 'FreePBX: caller''s number.';
comment on column voip.legs.cnam is 'FreePBX: caller''s name.';
comment on column voip.legs.outbound_cnum is 'FreePBX: number shown to the called party.';
comment on column voip.legs.outbound_cnam is 'FreePBX: name shown to the called party.';
comment on column voip.legs.dst_cnam is 'FreePBX: name of the called party.';
