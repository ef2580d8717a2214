-- The calls that visited a queue, by the name that voip.queue_key returns. Its expression is written out here as in the
-- index queue_visit_search. $1: queue; $2: at most this many visits.
select v.call_id
from voip.queue_visits as v
where lower(v.queue collate "C") = lower($1::text collate "C")
limit $2
