-- Removes the aliases of calls that had ended before $1.
delete from voip.call_alias as a
using voip.call as c
where c.call_id = a.call_id
  and c.pbx_id = a.pbx_id
  and (c.ended_at < $1 or c.ended_at is null and $1 - c.started_at > make_interval(secs => c.duration_s))
