-- Numbers that occur before $1, but not before $2, and whose keyed hash is among those to be forgotten.
-- The hash is HMAC-SHA-256 (RFC 2104) of the number; $3 and $4: the inner and the outer padded key.
with numbers as (
    select distinct customer_e164 as number
    from voip.call
    where started_at < $1 and started_at >= $2 and customer_e164 is not null
    union
    select distinct caller_e164
    from voip.queue_visit
    where entered_at < $1 and entered_at >= $2 and caller_e164 is not null
    union
    select caller_key
    from voip.callback
    where changed_at < $1 and changed_at >= $2 and left(caller_key, 1) = '+'
)
select n.number, f.forgotten_at
from numbers as n
join voip.forgotten as f on f.number_hash = sha256($4 || sha256($3 || convert_to(n.number, 'UTF8')))
