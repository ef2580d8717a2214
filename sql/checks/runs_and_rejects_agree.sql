-- A run that ended with status 2 rejected records or says what it could not do; every reject names a run.
select run_id, pbx, exit_status, rejected
from (
    select run_id, pbx, exit_status, warnings,
           coalesce((cdr ->> 'rejected')::bigint, 0) + coalesce((queue_log ->> 'rejected')::bigint, 0) as rejected
    from voip.etl_run where exit_status = 2
) as runs
where rejected = 0 and warnings = '{}'
union all
select distinct r.run_id, null, null::smallint, null::bigint
from voip.reject as r left join voip.etl_run as e using (run_id)
where e.run_id is null and r.run_id <> 0
