-- Marks events from AMI that are also in the queue_log as the log's.
-- $1, $2: times and hashes, in the same order; $3: PBX.
update voip.queue_event as e set source = 'queue_log'
from unnest($1::timestamptz[], $2::bigint[]) as k (at, event_hash)
where e.at = k.at and e.event_hash = k.event_hash and e.pbx_id = $3 and e.source = 'ami'
