-- Every call has as many legs as it says.
-- The column is a smallint: at its maximum it only means "very many".
select k.pbx_id, k.call_id, k.linkedid, k.legs as legs_said, count(c.call_id) as legs_found
from voip.call as k left join voip.cdr as c on c.call_id = k.call_id and c.pbx_id = k.pbx_id
group by k.call_id, k.pbx_id
having least(count(c.call_id), 32767) <> k.legs
  -- Legs that were pruned.
  and not (
    count(c.call_id) = 0
    and coalesce(k.ended_at, k.started_at + make_interval(secs => k.duration_s))
      < coalesce((select r.kept_from from voip.retention as r where r.kind = 'legs'), '-infinity'))
