-- When an agent was last removed from each queue between two moments. A session that was dropped because it began and ended in
-- the same second shows nothing of this, nor does the removal of somebody who was no member.
-- $1: PBX; $2: the agent's names; $3, $4: from and before.
select coalesce(queue, ''), max(at)
from voip.queue_event
where pbx_id = $1 and agent = any($2) and at >= $3 and at < $4 and event = 'REMOVEMEMBER'
group by queue
