-- Removes events from AMI that are known from the queue_log: those inside one of its spans and, two seconds around, the
-- same event, since the two clocks are read one after the other. The log may have only a part of the first and last
-- second of a span, because it continues while it is read. The time of a PBX start is known from its uptime, but it is
-- logged only once the PBX is up.
-- $1: PBX; $2, $3: the times between which to look.
delete from voip.queue_event as e
where e.source = 'ami' and e.pbx_id = $1 and e.at >= $2 and e.at <= $3
    and (
    exists (
        select 1 from voip.queue_log_span as s
        where s.pbx_id = $1 and e.at > s.first_at and e.at < s.last_at
    )
    or exists (
        select 1 from voip.queue_event as l
        where l.pbx_id = $1 and l.source = 'queue_log'
          and l.at >= e.at - interval '1 minute' and l.at <= e.at + interval '1 minute'
          and (e.event = 'QUEUESTART' or l.at >= e.at - interval '2 seconds' and l.at <= e.at + interval '2 seconds')
          and l.event = e.event and l.callid is not distinct from e.callid
          and l.queue is not distinct from e.queue and l.agent is not distinct from e.agent
    )
  )
returning e.at, e.event, e.callid, e.agent
