-- Partitions of voip.cdr for the time before $2 with a leg that stays: its call had not ended before $1. What legs.sql removes one by
-- one, and the opposite.
-- $2: the second in which a month begins, as the uniqueids have it.
select distinct l.tableoid::regclass::text
from voip.cdr as l
left join voip.call as c on c.call_id = l.call_id and c.pbx_id = l.pbx_id
where l.uniqueid < $2
  and (c.ended_at < $1 or c.ended_at is null and $1 - c.started_at > make_interval(secs => c.duration_s)) is not true
