-- Those of the loader's large tables that are empty, so that a first load can lock them.
select 'voip.cdr' where not exists (select 1 from voip.cdr)
union all
select 'voip.call' where not exists (select 1 from voip.call)
union all
select 'voip.queue_event' where not exists (select 1 from voip.queue_event)
union all
select 'voip.queue_visit' where not exists (select 1 from voip.queue_visit)
