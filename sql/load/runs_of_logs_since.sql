-- How many runs since $2 have loaded the queue_log of a PBX ($1: its name) from $3 on or from earlier, other than run $4.
select count(*)
from voip.etl_run
where pbx = $1 and source <> 'ami' and exit_status in (0, 2) and queue_log is not null
    and started_at >= $2 and (window_from is null or window_from <= $3) and run_id <> $4
