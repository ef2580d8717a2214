-- The moment of a local time. $1 text: the local time; $2 text: the zone.
-- The earlier moment if the clock shows the time twice; if the clock skips it, the moment after the jump by the same
-- amount.
select case
    when (at - interval '1 hour') at time zone $2::text >= wall then at - interval '1 hour'
    -- Lord Howe changes its clocks by half an hour.
    when (at - interval '30 minutes') at time zone $2::text = wall then at - interval '30 minutes'
    else at
end
from (select wall, wall at time zone $2::text as at from (select $1::text::timestamp as wall) as local) as candidate
