-- What could have been meant: the names of PBXs, queues and agents that the warehouse knows.
select 'pbx' as kind, name from voip.pbx
union
select 'queue', queue from voip.queue_visit
union
select 'agent', agent from voip.agent
union
select 'agent', agent from voip.agent_session
union
select 'agent', agent from voip.queue_visit where agent is not null
order by 1, 2
