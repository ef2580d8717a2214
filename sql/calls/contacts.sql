-- The contacts with an id of the CRM. Uses the table, not the view: contacts are found by (source, kind, external_id),
-- so the few sources and kinds are enumerated first. $1: kind, or NULL for all; $2: id.
with recursive kinds as (
    (select k.source, k.kind from voip.contact as k order by k.source, k.kind limit 1)
    union all
    select n.source, n.kind
    from kinds as f
    cross join lateral (
        select k.source, k.kind
        from voip.contact as k
        where (k.source, k.kind) > (f.source, f.kind)
        order by k.source, k.kind
        limit 1
    ) as n
)
select k.contact_id
from kinds as f
join voip.contact as k on k.source = f.source and k.kind = f.kind
where k.external_id = $2 and ($1::text is null or f.kind = $1)
