-- What could have been meant: the names of PBXs, queues and agents that the warehouse knows, at most a thousand of a kind.
-- Indexes are read from one name to the next, not from row to row; that of queues is of lower(queue collate "C").
with recursive queues as (
    (select lower(v.queue collate "C") as name from voip.queue_visit as v order by lower(v.queue collate "C") limit 1)
    union all
    select (
        select lower(v.queue collate "C")
        from voip.queue_visit as v
        where lower(v.queue collate "C") > q.name
        order by lower(v.queue collate "C")
        limit 1
    )
    from queues as q
    where q.name is not null
),
answering as (
    select min(c.agent collate "C") as name from voip.call as c
    union all
    select (select min(c.agent collate "C") from voip.call as c where c.agent collate "C" > a.name)
    from answering as a
    where a.name is not null
),
members as (
    (select s.pbx_id, s.agent from voip.agent_session as s order by s.pbx_id, s.agent limit 1)
    union all
    select n.pbx_id, n.agent
    from members as m
    cross join lateral (
        select s.pbx_id, s.agent
        from voip.agent_session as s
        where (s.pbx_id, s.agent) > (m.pbx_id, m.agent)
        order by s.pbx_id, s.agent
        limit 1
    ) as n
)
(select 'pbx' as kind, p.name from voip.pbx as p limit 1000)
union
(
    select 'queue', (select v.queue from voip.queue_visit as v where lower(v.queue collate "C") = q.name limit 1)
    from queues as q
    where q.name is not null
    limit 1000
)
union
(select 'agent', a.agent from voip.agent as a limit 1000)
union
(select 'agent', a.name from answering as a where a.name is not null limit 1000)
union
(select 'agent', m.agent from members as m limit 1000)
order by 1, 2
