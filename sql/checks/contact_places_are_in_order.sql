-- The contacts that share a number have the places 0, 1, 2 and so on.
select number_e164, count(*) as contacts, min(place) as first_place, max(place) as last_place
from voip.contact_number
group by number_e164
having min(place) <> 0 or max(place) <> least(count(*) - 1, 32767) or count(distinct place) <> least(count(*), 32768)
