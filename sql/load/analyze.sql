-- After a large load, the planner knows nothing about the new rows. For legs, only the columns by which they are found
-- are analysed; autovacuum does the others later. A third of the default sample is enough.
set local default_statistics_target = 33;
analyze voip.cdr (uniqueid, leg_no, pbx_id, start_at, call_id), voip.call, voip.queue_event, voip.queue_visit
