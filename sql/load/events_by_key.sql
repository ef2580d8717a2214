-- The same by name, for chunks whose window is too crowded.
-- $1, $2: times and hashes, in the same order; $3: PBX.
select e.at, e.event_hash, e.xmin = pg_current_xact_id()::xid, e.source = 'ami'
from unnest($1::timestamptz[], $2::bigint[]) as k (at, event_hash)
join voip.queue_event e on e.at = k.at and e.event_hash = k.event_hash and e.pbx_id = $3
