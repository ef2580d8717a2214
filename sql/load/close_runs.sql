-- Ends the runs of a PBX that were killed or lost the database: this run holds the lock, so none of them is still
-- working.
-- $1: the PBX's name; $2: why.
update voip.etl_run set finished_at = now(), exit_status = 1, error = $2
where pbx = $1 and finished_at is null
