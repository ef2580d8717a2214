-- Indexes of a table that enforce no constraint and only speed up queries, with the statements that recreate them.
-- Indexes to which hardly any row of a first load belongs are left in place: that costs less than another pass over the
-- table, and each batch of the queue_log looks for events from AMI.
-- The server's definition of an index of a partitioned table leaves the partitions out.
-- $1: table.
select i.indexrelid::regclass::text, regexp_replace(pg_get_indexdef(i.indexrelid), '^(CREATE INDEX .*?) ON ONLY ', '\1 ON ')
from pg_index as i
where i.indrelid = $1::regclass and not i.indisunique and not i.indisexclusion and not i.indisreplident
    and i.indexrelid is distinct from to_regclass('voip.call_did')
    and i.indexrelid is distinct from to_regclass('voip.queue_event_ami')
    and i.indexrelid is distinct from to_regclass('voip.call_unknown')
    and (i.indexrelid is distinct from to_regclass('voip.call_contact') or exists (select 1 from voip.contact))
order by i.indexrelid
