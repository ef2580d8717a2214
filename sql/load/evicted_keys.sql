-- Linkedids, by their hash, that no longer fit into the loader's memory and are no leg's uniqueid: the run has not written its
-- calls yet.
create temporary table evicted_key (
    low bigint not null,
    high bigint not null,
    call_id bigint not null
) on commit drop;
create index on evicted_key (low)
