-- Suggestions: the names of PBXs, queues and agents that the warehouse knows, at most a thousand of each. Queues are
-- those of the newest visits; agents without a known phone or session are those of the newest calls.
with visited as (
    select lower(v.queue collate "C") as name, min(v.queue) as queue
    from (select n.queue from voip.queue_visit as n order by n.entered_at desc limit 20000) as v
    group by 1
),
answering as (
    select distinct c.agent as name
    from (select n.agent from voip.call as n order by n.started_at desc limit 20000) as c
    where c.agent is not null
)
(select 'pbx' as kind, p.name from voip.pbx as p limit 1000)
union
(select 'queue', q.queue from visited as q limit 1000)
union
(select 'agent', a.agent from voip.agent as a limit 1000)
union
(select 'agent', a.name from answering as a limit 1000)
union
(select 'agent', m.agent from voip.session_agents(1000) as m)
order by 1, 2
