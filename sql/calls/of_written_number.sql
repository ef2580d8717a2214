-- The calls of outside numbers as the PBX wrote them, or that end like this, in no order, where so many numbers have the same last
-- four digits that reading all calls is quicker. $1: as written; $2: patterns; $3: PBX, or NULL for all; $4: at most this many.
select c.call_id
from voip.calls as c
where (c.customer_number = any($1::text[]) or coalesce(c.customer_e164, c.customer_number) like any($2::text[]))
    and ($3::text is null or c.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $3))
limit $4
