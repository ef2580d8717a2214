-- Whether any event of the queue_log came in a span of time, half open: of a PBX, or of any where its name is NULL.
create or replace function voip.has_queue_events(span_from timestamptz, span_to timestamptz, only_pbx text) returns boolean
language sql stable parallel safe
as $$
    select exists (
        select 1
        from voip.queue_event as r
        where r.at >= span_from and r.at < span_to
            and (only_pbx is null or r.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = only_pbx)))
$$;

comment on function voip.has_queue_events is 'Whether any event of the queue_log came in a span of time, of one PBX or, without a name, of any.';
