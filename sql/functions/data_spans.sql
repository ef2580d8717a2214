-- From when to when the warehouse has calls and queue events of each PBX: each end is one step into an index.
create or replace function voip.data_spans()
returns table (
    pbx_id smallint, first_call timestamptz, last_call timestamptz, first_event timestamptz, last_event timestamptz)
language sql stable parallel safe rows 10
as $$
    select p.pbx_id,
        (select c.started_at from voip.call as c where c.pbx_id = p.pbx_id order by c.started_at limit 1),
        (select c.started_at from voip.call as c where c.pbx_id = p.pbx_id order by c.started_at desc limit 1),
        (select min(e.at) from voip.queue_event as e where e.pbx_id = p.pbx_id),
        (select max(e.at) from voip.queue_event as e where e.pbx_id = p.pbx_id)
    from voip.pbx as p
$$;

comment on function voip.data_spans is 'The first and the last call and queue event of each PBX.';
