-- What is known about callers, in their order. $1: numbers as E.164; $2: midnight.
select k.kind, k.external_id, k.name, k.owner, coalesce(t.calls, 0), extract(epoch from s.at)::bigint, s.who
from unnest($1::text[]) with ordinality as n (number, place)
left join voip.contact_number as x on x.number_e164 = n.number and x.place = 0
left join voip.contact as k on k.contact_id = x.contact_id
left join lateral (
    select count(*) as calls
    from voip.call as c
    where c.customer_e164 = n.number and c.started_at >= $2 and c.direction = 'inbound'
) as t on true
left join lateral (
    select coalesce(c.answered_at, c.started_at) as at, coalesce(c.agent, c.extension) as who
    from voip.call as c
    where c.customer_e164 = n.number and c.disposition = 'answered' and coalesce(c.agent, c.extension) is not null
    order by c.started_at desc
    limit 1
) as s on true
order by n.place
