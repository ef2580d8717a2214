-- The calls of a complete number, in no particular order, some perhaps twice. $1: E.164; $2: extensions; $3: our
-- numbers; $4: PBX, or NULL for all; $5: at most this many of each. Each form has an index; to find one of three forms
-- at once, the server would read all calls instead. Expressions with "collate" match those of indexes, which are built
-- faster with it.
(select c.call_id from voip.calls as c
    where c.customer_e164 = any($1::text[])
        and ($4::text is null or c.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $4)) limit $5)
union all
(select c.call_id from voip.calls as c
    where c.extension collate "C" = any($2::text[])
        and ($4::text is null or c.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $4)) limit $5)
union all
(select c.call_id from voip.calls as c
    where c.did collate "C" = any($3::text[])
        and ($4::text is null or c.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $4)) limit $5)
