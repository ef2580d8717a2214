-- Removes rejects that no run has read since $1.
delete from voip.reject as r
using voip.etl_run as e
where e.run_id = r.run_id
  and e.started_at < $1
