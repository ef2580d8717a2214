-- After a large load the planner knows nothing of the new rows. Of legs only the columns are analysed by which legs are found;
-- autovacuum does the others later. A third of the usual sample is enough.
set local default_statistics_target = 33;
analyze voip.cdr (uniqueid, leg_no, pbx_id, start_at, call_id), voip.call, voip.queue_event, voip.queue_visit
