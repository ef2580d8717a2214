-- The calls that visited a queue, as voip.queue_key compares its name, which is written out here as the index
-- queue_visit_search has it. $1: queue; $2: at most this many visits.
select v.call_id
from voip.queue_visits as v
where lower(v.queue collate "C") = lower($1::text collate "C")
limit $2
