-- The number of records that a run read is the sum of its other counters.
select run_id, pbx, source, counted.name, counted.counters
from voip.etl_run
cross join lateral (values ('cdr', cdr), ('queue_log', queue_log)) as counted (name, counters)
where counted.counters is not null and exit_status in (0, 2)
    and (counters ->> 'read')::bigint is distinct from
      (counters ->> 'out_of_window')::bigint + (counters ->> 'duplicates')::bigint + (counters ->> 'rejected')::bigint
      + (counters ->> 'inserted')::bigint + (counters ->> 'updated')::bigint + (counters ->> 'unchanged')::bigint
