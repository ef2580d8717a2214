-- What is known about callers, in their order. $1: PBX, $2: E.164 or empty, $3: the number as written.
select voip.caller_key(nullif(l.e164, ''), l.written), b.claimed_by, extract(epoch from b.claimed_at)::bigint, b.done_by,
    extract(epoch from b.done_at)::bigint, b.note
from unnest($1::text[], $2::text[], $3::text[]) with ordinality as l (pbx, e164, written, n)
left join voip.pbx as p on p.name = l.pbx
left join voip.callback as b
    on b.pbx_id = p.pbx_id and b.caller_key = voip.caller_key(nullif(l.e164, ''), l.written)
order by l.n
