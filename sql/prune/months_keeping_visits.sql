-- Partitions of voip.queue_visit for the time before $2 with a visit that stays: its call, or another visit of the same caller,
-- continued after $1. What visits.sql removes one by one, and the opposite.
-- $2: the second in which a month begins, as the uniqueids have it.
select distinct v.tableoid::regclass::text
from voip.queue_visit as v
where v.callid < $2
  and (
    exists (
        select 1 from voip.queue_visit as o
        where o.callid = v.callid
          and o.pbx_id = v.pbx_id
          and coalesce(o.left_at, o.entered_at + interval '7 days') >= $1)
    or exists (
        select 1 from voip.call as c
        where c.call_id = v.call_id
          and c.pbx_id = v.pbx_id
          and coalesce(c.ended_at, c.started_at + make_interval(secs => c.duration_s)) >= $1))
