-- $1: run; $2: exit status; $3: error; $4: seconds; $5, $6: window; $7: zone; $8, $9: counters; $10 …: calls.
update voip.etl_run
set finished_at = now(), exit_status = $2, error = $3, seconds = $4, window_from = $5, window_to = $6, timezone = $7,
    cdr = $8::jsonb, queue_log = $9::jsonb, calls = $10, matched = $11, ambiguous = $12, unmatched = $13, warnings = $14
where run_id = $1
