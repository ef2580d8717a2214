create or replace view voip.callbacks as
select b.pbx_id, p.name as pbx, b.caller_key, b.claimed_by, b.claimed_at, b.done_by, b.done_at, b.note
from voip.callback as b
join voip.pbx as p on p.pbx_id = b.pbx_id;

comment on view voip.callbacks is 'Callers about whom somebody did something in the list of lost calls: one row per PBX and caller.';
comment on column voip.callbacks.pbx_id is 'Number of the PBX.';
comment on column voip.callbacks.pbx is 'Name of the PBX in the configuration.';
comment on column voip.callbacks.caller_key is 'The caller: voip.caller_key(caller_e164, caller_number) of voip.lost_calls.';
comment on column voip.callbacks.claimed_by is 'The user who takes care of the caller; NULL for nobody.';
comment on column voip.callbacks.claimed_at is 'Since when.';
comment on column voip.callbacks.done_by is 'The user who put an end to it last.';
comment on column voip.callbacks.done_at is 'When. Calls that were lost before need nothing more.';
comment on column voip.callbacks.note is 'What came of it, in that user''s words.';
