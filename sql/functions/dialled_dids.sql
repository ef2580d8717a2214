-- Our numbers that were dialled, each once, in byte order. The index is read from one value to the next, not from row to row;
-- one step after another, because a cluster does not plan a recursive query.
create or replace function voip.dialled_dids(most bigint)
returns setof text
language plpgsql stable rows 1000
as $$
declare
    found_did text collate "C" := '';
begin
    for step in 1..most loop
        select c.did into found_did
        from voip.call as c
        where c.did is not null and c.did collate "C" > found_did
        order by c.did collate "C"
        limit 1;
        exit when found_did is null;
        return next found_did;
    end loop;
end
$$;

comment on function voip.dialled_dids is 'Our numbers that were dialled, each once, in byte order: at most as many as requested.';
