-- How up to date the warehouse is: one row for each PBX that has had a run.
select p.name,
    extract(epoch from l.finished_at) as succeeded_at,
    l.seconds,
    coalesce((l.cdr ->> 'rejected')::bigint, 0) + coalesce((l.queue_log ->> 'rejected')::bigint, 0) as rejected,
    extract(epoch from f.started_at) as failed_at,
    extract(epoch from s.last_call) as newest_call,
    extract(epoch from s.last_event) as newest_event,
    coalesce(r.rejects, 0) as rejects
from voip.pbx as p
join voip.data_spans() as s on s.pbx_id = p.pbx_id
left join lateral (
    select r.finished_at, r.seconds, r.cdr, r.queue_log
    from voip.etl_run as r
    where r.pbx = p.name and r.finished_at is not null and r.exit_status in (0, 2)
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
left join (select k.pbx_id, count(*) as rejects from voip.reject as k group by k.pbx_id) as r on r.pbx_id = p.pbx_id
order by p.name
