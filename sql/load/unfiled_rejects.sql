-- The oldest rejects of a PBX that are not in the rejects file yet: about a mebibyte, at least one.
-- $1: the PBX's name.
select reject_id, origin, line, reason_code, reason, record
from (
    select reject_id, origin, line, reason_code, reason, record,
        sum(octet_length(record)) over (order by reject_id rows between unbounded preceding and 1 preceding) as before
    from (
        select reject_id, origin, line, reason_code, reason, record
        from voip.reject
        where pbx_id = (select pbx_id from voip.pbx where name = $1) and filed_at is null
        order by reject_id
        limit 1000
    ) as oldest
) as sized
where coalesce(before, 0) < 1048576
order by reject_id
