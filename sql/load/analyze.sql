-- After a large load, the planner knows nothing about the new rows. For legs, only the columns by which they are found
-- are analysed; autovacuum does the others later. A third of the default sample is enough, and half of that where tables are
-- kept by month: each month is a sample of its own, besides that of the whole.
select set_config(
    'default_statistics_target',
    case when exists (select 1 from pg_partitioned_table where partrelid = to_regclass('voip.cdr')) then '16' else '33' end,
    true);

analyze voip.cdr (uniqueid, leg_no, pbx_id, start_at, call_id), voip.call, voip.queue_event, voip.queue_visit
