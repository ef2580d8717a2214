-- How many different values a list has, NULL aside. See voip.wait_percentiles for why this is a function.
create or replace function voip.distinct_values(list bigint[]) returns bigint
language sql immutable parallel safe
as $$ select count(distinct v) from unnest(list) as v $$;

comment on function voip.distinct_values is 'The number of different values in a list; NULL is not counted.';
