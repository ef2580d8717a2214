-- Assigns a caller ($1: PBX, $2: key) to a user ($3), unless another user has claimed them since $4 and $5 is false.
insert into voip.callback as b (pbx_id, caller_key, claimed_by, claimed_at, changed_at)
select p.pbx_id, $2, $3, now(), now() from voip.pbx as p where p.name = $1
on conflict (pbx_id, caller_key) do update
set claimed_by = excluded.claimed_by,
    claimed_at = case when b.claimed_by = excluded.claimed_by and b.claimed_at >= $4 then b.claimed_at else excluded.claimed_at end,
    changed_at = excluded.changed_at
where $5 or b.claimed_by is null or b.claimed_by = $3 or b.claimed_at < $4
