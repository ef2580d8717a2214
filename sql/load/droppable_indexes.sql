-- What a first load drops from a table and recreates at the end, as pairs of statements, and whether it is the key: indexes that enforce
-- no constraint and only speed up queries, and the primary keys of legs and calls. A run numbers its calls itself and writes each new one
-- once, and it knows which legs it has written or builds their key, so that no check is missed until the keys are back. A million keys
-- that are sorted together cost a fifth of what they cost one after the other.
-- Indexes to which hardly any row of a first load belongs are left in place: that costs less than another pass over the
-- table, and each batch of the queue_log looks for events from AMI. So is a key on which something else depends.
-- The server's definition of an index of a partitioned table leaves the partitions out.
-- $1: table.
select format('drop index %s', i.indexrelid::regclass),
    regexp_replace(pg_get_indexdef(i.indexrelid), '^(CREATE INDEX .*?) ON ONLY ', '\1 ON '), false
from pg_index as i
where i.indrelid = $1::regclass and not i.indisunique and not i.indisexclusion and not i.indisreplident
    and i.indexrelid is distinct from to_regclass('voip.call_did')
    and i.indexrelid is distinct from to_regclass('voip.queue_event_ami')
    and i.indexrelid is distinct from to_regclass('voip.call_unknown')
    and (i.indexrelid is distinct from to_regclass('voip.call_contact') or exists (select 1 from voip.contact))
union all
select format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname),
    format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)),
    true
from pg_constraint as c
where c.conrelid = $1::regclass and c.conrelid in ('voip.cdr'::regclass, 'voip.call'::regclass) and c.contype = 'p'
    and not exists (
        select 1 from pg_depend as d
        where d.refclassid = 'pg_constraint'::regclass and d.refobjid = c.oid and d.deptype = 'n')
order by 2
