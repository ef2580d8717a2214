-- All agents that ever had a session event, by their names in the log. $1: PBX; $2: names of the events.
select distinct agent from voip.queue_event where pbx_id = $1 and event = any($2) and agent is not null
