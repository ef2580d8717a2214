-- The 50th and 90th percentiles of waits, as percentile_cont has them. A function of its own, because the server does not work side
-- by side on what a subquery makes of another row.
create or replace function voip.wait_percentiles(waits integer[]) returns double precision[]
language sql immutable parallel safe
as $$ select percentile_cont(array[0.5, 0.9]) within group (order by w) from unnest(waits) as w $$;

comment on function voip.wait_percentiles is 'The 50th and 90th percentiles of a list of waits.';
