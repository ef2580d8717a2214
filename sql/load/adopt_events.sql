-- Events that came by AMI and that the queue_log has, to the letter: they are the log's from now on.
-- $1, $2: times and hashes, in the same order; $3: PBX.
update voip.queue_event e set source = 'queue_log'
from unnest($1::timestamptz[], $2::bigint[]) as k (at, event_hash)
where e.at = k.at and e.event_hash = k.event_hash and e.pbx_id = $3 and e.source = 'ami'
