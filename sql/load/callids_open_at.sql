-- Calls with a visit that began before a restart that was just loaded or removed, and that has no other end.
-- $1: PBX; $2, $3: the first and the last of those restarts.
insert into touched_callid
select callid from voip.queue_visit
where pbx_id = $1 and source = 'queue_log' and entered_at < $3
    and (outcome = 'in_progress' or outcome = 'unserved' and left_at >= $2)
