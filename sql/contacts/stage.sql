-- What the source has now, before it is compared with what is known.

create temporary table contact_stage (
    kind text not null, external_id text not null, name text not null, owner text, extension text,
    updated_at timestamptz
) on commit drop;

create temporary table contact_link_stage (
    number_e164 text not null, kind text not null, external_id text not null, priority smallint not null,
    place smallint not null
) on commit drop;
