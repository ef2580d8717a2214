-- How up to date the warehouse is: one row for each PBX that has had a run.
select p.name,
    extract(epoch from l.finished_at) as succeeded_at,
    l.seconds,
    coalesce((l.cdr ->> 'rejected')::bigint, 0) + coalesce((l.queue_log ->> 'rejected')::bigint, 0) as rejected,
    extract(epoch from f.started_at) as failed_at,
    extract(epoch from (select max(c.started_at) from voip.call as c where c.pbx_id = p.pbx_id)) as newest_call,
    extract(epoch from (select max(e.at) from voip.queue_event as e where e.pbx_id = p.pbx_id)) as newest_event,
    (select count(*) from voip.reject as r where r.pbx_id = p.pbx_id) as rejects
from voip.pbx as p
left join lateral (
    select r.finished_at, r.seconds, r.cdr, r.queue_log
    from voip.etl_run as r
    where r.pbx = p.name and r.finished_at is not null and r.exit_status in (0, 2) and not r.dry_run
    order by r.run_id desc
    limit 1
) as l on true
left join lateral (
    select r.started_at
    from voip.etl_run as r
    where r.pbx = p.name and r.exit_status is not null and r.exit_status not in (0, 2)
    order by r.run_id desc
    limit 1
) as f on true
order by p.name
