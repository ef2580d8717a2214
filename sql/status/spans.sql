-- The time span of the stored calls and queue events of each PBX. Times are UTC.
select p.name, p.timezone, to_char(c.first, f.iso), to_char(c.last, f.iso), to_char(e.first, f.iso), to_char(e.last, f.iso)
from voip.pbx as p
cross join (select 'YYYY-MM-DD"T"HH24:MI:SS"Z"' as iso) as f
cross join lateral (
    select
        (select started_at from voip.call as k where k.pbx_id = p.pbx_id order by started_at limit 1)
            at time zone 'UTC' as first,
        (select started_at from voip.call as k where k.pbx_id = p.pbx_id order by started_at desc limit 1)
            at time zone 'UTC' as last
) as c
cross join lateral (
    select
        (select min(at) from voip.queue_event as q where q.pbx_id = p.pbx_id) at time zone 'UTC' as first,
        (select max(at) from voip.queue_event as q where q.pbx_id = p.pbx_id) at time zone 'UTC' as last
) as e
order by p.name
