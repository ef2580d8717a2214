-- The last runs, the latest first. $1: how many. Times are UTC.
select run_id, pbx, source, to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    to_char(finished_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), exit_status, seconds,
    (cdr ->> 'read')::bigint, (cdr ->> 'inserted')::bigint, (cdr ->> 'updated')::bigint, (cdr ->> 'rejected')::bigint,
    (queue_log ->> 'read')::bigint, (queue_log ->> 'inserted')::bigint, (queue_log ->> 'rejected')::bigint,
    calls, to_json(warnings)::text, error
from voip.etl_run
order by run_id desc
limit $1
