-- Linkedids, by their hash, that left the loader's memory and name no leg: the run has not written its calls yet.
create temporary table forgotten_key (
    low bigint not null,
    high bigint not null,
    call_id bigint not null
) on commit drop;
create index on forgotten_key (low)
