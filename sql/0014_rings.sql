-- The attempts at agents that nobody answered, by time: reports look for these among ten times as many other events.

create index queue_event_missed on voip.queue_event (at) where event in ('RINGNOANSWER', 'RINGCANCELED');
