-- Calls for which this run has loaded a queue event.
create temporary table if not exists touched_callid (callid text collate "C" not null) on commit drop;
create index if not exists touched_callid_callid on touched_callid (callid)
