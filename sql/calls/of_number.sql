-- The calls of a number, in no order. $1: E.164; $2: extension or outside number as the PBX wrote it; $3: numbers of ours;
-- $4: the last four digits of $2 or $5, or NULL if they have fewer; $5: patterns of an outside number; $6: PBX, or NULL for all;
-- $7: at most this many. Where "collate" stands, the index of that column has it, too: such an index is built faster.
select c.call_id
from voip.calls as c
where (
        c.customer_e164 = any($1::text[])
        or c.extension collate "C" = any($2::text[])
        or c.did collate "C" = any($3::text[])
        or ($4::text[] is null or right(coalesce(c.customer_e164, c.customer_number), 4) = any($4))
            and (c.customer_number = any($2) or coalesce(c.customer_e164, c.customer_number) like any($5::text[])))
    and ($6::text is null or c.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $6))
limit $7
