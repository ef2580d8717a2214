-- Takes a caller ($1: PBX, $2: key) from the assigned user: only from $3, or from anybody if $3 is NULL.
update voip.callback as b
set claimed_by = null, claimed_at = null, changed_at = now()
where b.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $1) and b.caller_key = $2
    and ($3::text is null or b.claimed_by = $3)
