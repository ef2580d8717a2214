-- No two calls share a uniqueid or a linkedid: legs that do are one call.
select pbx_id, key, count(*) as calls, min(call_id) as first_call, max(call_id) as last_call
from (
    select pbx_id, uniqueid as key, call_id from voip.cdr where uniqueid <> ''
    union
    select pbx_id, linkedid, call_id from voip.cdr where linkedid is not null
) as keys
group by pbx_id, key
having count(*) > 1
