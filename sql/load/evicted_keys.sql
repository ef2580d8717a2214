-- Linkedids, as hashes, that no longer fit into the loader's memory and are no leg's uniqueid, for the time until the
-- run writes its calls.
create temporary table evicted_key (
    low bigint not null,
    high bigint not null,
    call_id bigint not null
) on commit drop;
create index on evicted_key (low)
