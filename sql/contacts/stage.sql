-- The source's contacts that are new or have changed, and their links, before they are compared with the stored ones.

-- A million contacts are hashed and sorted in memory.
set local work_mem = '128MB';
set local maintenance_work_mem = '128MB';
set local jit = off;

-- On a Citus cluster, calls are read and relinked in the transaction that writes the contacts, of which every server has a copy. Citus
-- refuses that unless one connection to a server does all of it. A server without the extension ignores the setting.
set local citus.multi_shard_modify_mode = 'sequential';

create temporary table contact_stage (
    contact_id bigint,                          -- null: new
    kind text not null, external_id text not null, name text not null, owner text, extension text,
    updated_at timestamptz, fingerprint bigint not null, readable_phones integer not null, unreadable_phones integer not null
) on commit drop;

-- With the links of contacts that share a number with them.
create temporary table contact_link_stage (
    contact_id bigint,                          -- null: not looked up, or new
    number_e164 text not null, kind text not null, external_id text not null, priority smallint not null,
    place smallint not null
) on commit drop;

-- Stored contacts that the source does not have.
create temporary table contact_gone (contact_id bigint not null) on commit drop;

-- The numbers of all these contacts, before and after; some several times.
create temporary table contact_number_touched (number_e164 text not null) on commit drop;

-- The changes made, by whichever file makes them.
create temporary table contact_tally (
    inserted bigint not null, updated bigint not null, removed bigint not null, numbers_changed bigint not null
) on commit drop;
