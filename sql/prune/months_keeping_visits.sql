-- Whether a partition of voip.queue_visit has a visit that stays: its call, or another visit of the same caller, continued after $1.
-- What visits.sql removes one by one, and the opposite.
-- $2, $3: the first callid of the partition, and of the one after it.
select exists (
    select 1 from voip.queue_visit as v
    where v.callid >= $2 and v.callid < $3
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
              and coalesce(c.ended_at, c.started_at + make_interval(secs => c.duration_s)) >= $1)))
