-- The time from which the warehouse keeps 'calls', 'legs' or 'events'; -infinity if nothing was pruned.
create or replace function voip.kept_from(wanted text) returns timestamptz
language sql stable parallel safe
as $$ select coalesce((select r.kept_from from voip.retention as r where r.kind = wanted), '-infinity'::timestamptz) $$;

comment on function voip.kept_from is 'The time from which the warehouse keeps calls, legs or events; -infinity if nothing was pruned.';
