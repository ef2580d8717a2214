-- The calls of an agent, in no order, some perhaps twice. $1: names as logged; $2: extensions; $3: PBX, or NULL for all; $4: at most
-- this many of each. Names and extensions are looked for separately, as in of_number.sql.
(select c.call_id from voip.calls as c
    where c.agent collate "C" = any($1::text[])
        and ($3::text is null or c.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $3)) limit $4)
union all
(select c.call_id from voip.calls as c
    where c.extension collate "C" = any($2::text[])
        and ($3::text is null or c.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $3)) limit $4)
