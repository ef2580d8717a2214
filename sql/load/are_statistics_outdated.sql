-- Whether a load makes the planner's statistics outdated: if a twentieth of the legs or of the events is new. The server renews
-- them by itself when a tenth has changed. Where tables are kept by month, those of a new month have none yet.
-- $1, $2: new legs and events.
select exists (select 1 from pg_partitioned_table where partrelid = to_regclass('voip.cdr'))
    or exists (
        select 1
        from (
            values (to_regclass('voip.cdr'), $1::bigint), (to_regclass('voip.queue_event'), $2::bigint)
        ) as loaded (name, records)
        join pg_class as c on c.oid = loaded.name
        where loaded.records > 0 and loaded.records * 20 >= c.reltuples)
