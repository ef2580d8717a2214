-- Whether a partition of voip.cdr has a leg that stays: its call had not ended before $1. What legs.sql removes one by one, and the
-- opposite.
-- $2, $3: the first uniqueid of the partition, and of the one after it.
select exists (
    select 1 from voip.cdr as l
    left join voip.call as c on c.call_id = l.call_id and c.pbx_id = l.pbx_id
    where l.uniqueid >= $2 and l.uniqueid < $3
      and (c.ended_at < $1 or c.ended_at is null and $1 - c.started_at > make_interval(secs => c.duration_s)) is not true)
