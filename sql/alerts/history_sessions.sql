-- Spans in which agents of a PBX ($1: name) were members of a queue or paused, as far as they overlap the time from $2 to
-- $3, in order.
select s.agent, s.queue, extract(epoch from s.started_at)::bigint as started, extract(epoch from s.ended_at)::bigint as ended,
    s.kind = 'pause' as is_pause, coalesce(s.pause_reason, '') as reason
from voip.sessions as s
where s.pbx = $1 and s.kind in ('membership', 'pause')
    and s.started_at < $3 and (s.ended_at is null or s.ended_at > $2)
order by s.started_at, s.agent, s.kind, s.queue
