-- Removes the legs of calls that had ended before $1. The calls are kept.
delete from voip.cdr as l
using voip.call as c
where c.call_id = l.call_id
  and c.pbx_id = l.pbx_id
  and coalesce(c.ended_at, c.started_at + make_interval(secs => c.duration_s)) < $1
