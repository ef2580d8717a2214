-- Which local days of a window have calls and queue events. $1, $2 timestamptz: the window; $3 timestamptz: now;
-- $4 text: the zone; $5 text: a PBX or NULL.
select wall::date::text as day,
    voip.has_calls(day.begins, day.ends, $5) as has_calls, voip.has_queue_events(day.begins, day.ends, $5) as has_events
from generate_series(
    date_trunc('day', $1::timestamptz at time zone $4::text), $2::timestamptz at time zone $4::text,
    interval '1 day') as wall
cross join lateral (
    select greatest($1::timestamptz, wall at time zone $4::text) as begins,
        least($2::timestamptz, $3::timestamptz, (wall + interval '1 day') at time zone $4::text) as ends
) as day
where day.begins < day.ends
order by wall
