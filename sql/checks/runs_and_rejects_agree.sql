-- A run that ended with rejects has some, and one that ended without has none; every reject names a run.
select run_id, pbx, exit_status, rejected
from (
    select run_id, pbx, exit_status,
           coalesce((cdr ->> 'rejected')::bigint, 0) + coalesce((queue_log ->> 'rejected')::bigint, 0) as rejected
    from voip.etl_run where exit_status in (0, 2)
) as runs
where (exit_status = 2) <> (rejected > 0)
union all
select distinct r.run_id, null, null::smallint, null::bigint
from voip.reject r left join voip.etl_run e using (run_id)
where e.run_id is null and r.run_id <> 0
