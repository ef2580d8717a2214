-- The calls whose outside numbers end with the same four digits, in no particular order, and whether they match. $1:
-- numbers as the PBX wrote them; $2: the last four digits of $1 or $3, or NULL if they have fewer; $3: patterns; $4:
-- PBX, or NULL for all; $5: at most this many.
select c.call_id, c.customer_number = any($1::text[]) or coalesce(c.customer_e164, c.customer_number) like any($3::text[])
from voip.calls as c
where ($2::text[] is null or right(coalesce(c.customer_e164, c.customer_number), 4) = any($2))
    and ($4::text is null or c.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $4))
limit $5
