-- The moment of a local time. $1 text: the local time; $2 text: the zone.
-- The earlier moment where the clock shows the time twice, the moment of the jump and more where it never does.
select case
    when (at - interval '1 hour') at time zone $2::text >= wall then at - interval '1 hour'
    -- Lord Howe sets its clocks by half an hour.
    when (at - interval '30 minutes') at time zone $2::text = wall then at - interval '30 minutes'
    else at
end
from (select wall, wall at time zone $2::text as at from (select $1::text::timestamp as wall) as local) as candidate
