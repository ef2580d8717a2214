-- Which local days of a window have calls and queue events. $1, $2 timestamptz: the window; $3 timestamptz: now;
-- $4 text: the zone; $5 text: a PBX or NULL.
select wall::date::text as day,
    exists (
        select from voip.call
        where started_at >= day.begins and started_at < day.ends
            and ($5::text is null or pbx_id = (select pbx_id from voip.pbx where name = $5))) as has_calls,
    exists (
        select from voip.queue_event
        where at >= day.begins and at < day.ends
            and ($5::text is null or pbx_id = (select pbx_id from voip.pbx where name = $5))) as has_events
from generate_series(
    date_trunc('day', $1::timestamptz at time zone $4::text), $2::timestamptz at time zone $4::text,
    interval '1 day') as wall
cross join lateral (
    select greatest($1::timestamptz, wall at time zone $4::text) as begins,
        least($2::timestamptz, $3::timestamptz, (wall + interval '1 day') at time zone $4::text) as ends
) as day
where day.begins < day.ends
order by wall
