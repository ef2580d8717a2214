-- Removes the legs of calls that had ended before $1. The calls are kept.
delete from voip.cdr as l
using voip.call as c
where c.call_id = l.call_id
  and c.pbx_id = l.pbx_id
  and (c.ended_at < $1 or c.ended_at is null and $1 - c.started_at > make_interval(secs => c.duration_s))
