-- Removes queue visits that had ended before $1, unless their call or another visit of the same caller continued after
-- that: a call's visits are numbered, and are removed together. A visit whose end was never logged is over after a
-- week.
delete from voip.queue_visit as v
where not exists (
        select 1 from voip.queue_visit as o
        where o.callid = v.callid
          and o.pbx_id = v.pbx_id
          and coalesce(o.left_at, o.entered_at + interval '7 days') >= $1)
  and not exists (
        select 1 from voip.call as c
        where c.call_id = v.call_id
          and c.pbx_id = v.pbx_id
          and coalesce(c.ended_at, c.started_at + make_interval(secs => c.duration_s)) >= $1)
