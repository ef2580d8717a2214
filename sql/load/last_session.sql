-- The next kind and queue in which an agent has sessions, and the last of these sessions that began before a moment; NULL if
-- all began later.
-- $1: PBX; $2: agent; $3, $4: the last kind and queue, '' before the first; $5: the moment.
select k.kind, k.queue, s.started_at, s.ended_at, s.reason
from (
    select kind, queue
    from voip.agent_session
    where pbx_id = $1 and agent = $2 and (kind, queue) > ($3, $4)
    order by kind, queue
    limit 1
) as k
left join lateral (
    select started_at, ended_at, reason
    from voip.agent_session
    where pbx_id = $1 and agent = $2 and kind = k.kind and queue = k.queue and started_at < $5
    order by started_at desc
    limit 1
) as s on true
