-- One spelling for each queue of a window: the one that most of its visits have.
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

comment on function voip.queue_spellings is 'The spelling of each queue that is shown for a window: the one that most visits have.';
