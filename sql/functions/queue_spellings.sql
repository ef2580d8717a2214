-- One spelling for each queue in a window: the one used by most of its visits.
create or replace function voip.queue_spellings(window_from timestamptz, window_to timestamptz)
returns table (queue_key text, queue text)
language sql stable parallel safe rows 50
as $$
    select distinct on (voip.queue_key(v.queue)) voip.queue_key(v.queue), v.queue
    from (
        select queue, count(*) as visits
        from voip.queue_visit
        where entered_at >= window_from and entered_at < window_to
        group by queue
    ) as v
    order by voip.queue_key(v.queue), v.visits desc, v.queue
$$;

comment on function voip.queue_spellings is 'The displayed spelling of each queue in a window: the one used by most of its visits.';
