-- How many calls from outside began on a PBX ($1: name) within half an hour of this moment of the week ($2) on the clock
-- of its zone ($3: name), in the last eight weeks: one row with the number of weeks that are stored, and of calls.
with known as (
    select c.pbx_id, min(c.started_at) as begins
    from voip.call as c
    where c.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $1)
    group by c.pbx_id
),
weeks as (
    select k.pbx_id, (($2::timestamptz at time zone $3) - make_interval(weeks => w.number)) at time zone $3 as at
    from known as k
    cross join generate_series(1, 8) as w (number)
    where k.begins < $2::timestamptz - make_interval(weeks => w.number)
)
select count(*)::bigint, coalesce(sum(c.calls), 0)::bigint
from weeks as w
cross join lateral (
    select count(*) as calls
    from voip.call as c
    where c.pbx_id = w.pbx_id and c.direction = 'inbound'
        and c.started_at >= w.at - interval '30 minutes' and c.started_at < w.at + interval '30 minutes'
) as c
