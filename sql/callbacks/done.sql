-- Records that nothing more is to be done for a caller ($1: PBX, $2: key): by a user ($3), with a note ($4).
insert into voip.callback as b (pbx_id, caller_key, done_by, done_at, note, changed_at)
select p.pbx_id, $2, $3, now(), $4, now() from voip.pbx as p where p.name = $1
on conflict (pbx_id, caller_key) do update
set claimed_by = null, claimed_at = null, done_by = excluded.done_by, done_at = excluded.done_at, note = excluded.note,
    changed_at = excluded.changed_at
