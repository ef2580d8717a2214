-- Removes calls that had ended before $1. Their legs, aliases and visits are removed first.
delete from voip.call as c
where (c.ended_at < $1 or c.ended_at is null and $1 - c.started_at > make_interval(secs => c.duration_s))
