create or replace view voip.callbacks as
select b.pbx_id, p.name as pbx, b.caller_key, b.claimed_by, b.claimed_at, b.done_by, b.done_at, b.note
from voip.callback as b
join voip.pbx as p on p.pbx_id = b.pbx_id;

comment on view voip.callbacks is 'Callers whom users have processed in the list of lost calls: one row per PBX and caller.';
comment on column voip.callbacks.pbx_id is 'Number of the PBX.';
comment on column voip.callbacks.pbx is 'Name of the PBX in the configuration.';
comment on column voip.callbacks.caller_key is 'The caller: voip.caller_key(caller_e164, caller_number) of voip.lost_calls.';
comment on column voip.callbacks.claimed_by is 'The user who has claimed the caller; NULL if nobody has.';
comment on column voip.callbacks.claimed_at is 'When the caller was claimed.';
comment on column voip.callbacks.done_by is 'The user who last closed the case.';
comment on column voip.callbacks.done_at is 'When it was closed. Calls lost before then need no further action.';
comment on column voip.callbacks.note is 'The result, in that user''s words.';
