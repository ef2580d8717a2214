-- The periods of a window, as the moments at which they begin, in order. The first one begins with the window.
-- $1, $2 timestamptz: the window, half open; $3 timestamptz: now; $4 text: interval; $5 text: time zone.
--
-- Hours begin when the clock shows a full hour. A day with 25 hours gets 25 of them; if the clock changes by half an
-- hour, the half-hour steps find the full hours too. Longer periods begin at the first moment of a local day: midnight;
-- the earlier midnight if the clock goes back over it; the moment after the jump if midnight is skipped.
select coalesce(array_agg(begins order by begins), '{}')::text
from (
    select $1::timestamptz as begins
    union
    select greatest(
        $1::timestamptz,
        case
            when hour at time zone $5::text = date_trunc('hour', step at time zone $5::text) then hour
            else step
        end)
    from generate_series(
        date_trunc('hour', $1::timestamptz, $5::text), $2::timestamptz, interval '30 minutes') as step
    cross join lateral (select date_trunc('hour', step, $5::text) as hour) as truncated
    where $4::text = 'hour'
    union
    select greatest(
        $1::timestamptz,
        case
            when (wall at time zone $5::text - interval '1 hour') at time zone $5::text >= wall
                then wall at time zone $5::text - interval '1 hour'
            else wall at time zone $5::text
        end)
    from generate_series(
        date_trunc(
            case $4::text when 'week' then 'week' when 'month' then 'month' else 'day' end,
            $1::timestamptz at time zone $5::text),
        $2::timestamptz at time zone $5::text,
        case $4::text when 'week' then interval '1 week' when 'month' then interval '1 month'
            else interval '1 day' end) as wall
    where $4::text in ('day', 'week', 'month')
) as candidates
where begins < least($2::timestamptz, $3::timestamptz)
