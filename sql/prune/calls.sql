-- Removes calls that had ended before $1. Their legs, aliases and visits are removed first.
delete from voip.call as c
where coalesce(c.ended_at, c.started_at + make_interval(secs => c.duration_s)) < $1
