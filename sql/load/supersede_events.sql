-- Takes out what came by AMI and is known from the queue_log: what lies inside a span of it, and, two seconds around, the
-- very event, since the two clocks are read one after the other. Of the first and the last second of a span the log may
-- have a part only: it goes on while it is read. A start of the PBX is told by its uptime, and logged once it is up.
-- $1: PBX; $2, $3: between which times to look.
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
