-- The same as events_in_window.sql, but by key, for chunks whose window contains too many other events.
-- $1, $2: times and hashes, in the same order; $3: PBX.
select e.at, e.event_hash, e.xmin = pg_current_xact_id()::xid, e.source = 'ami'
from unnest($1::timestamptz[], $2::bigint[]) as k (at, event_hash)
join voip.queue_event as e on e.at = k.at and e.event_hash = k.event_hash and e.pbx_id = $3
