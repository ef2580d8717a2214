-- On a cluster, a function in SQL cannot ask distributed tables for what depends on its parameters, and one in PL/pgSQL can. Writes
-- those that read tables once more in PL/pgSQL, with the same statement.
do $$
declare
    f record;
begin
    for f in
        select p.oid, p.proname, p.prosrc, p.prorows, p.proretset, obj_description(p.oid, 'pg_proc') as comment
        from pg_proc as p
        join pg_language as l on l.oid = p.prolang
        where p.pronamespace = 'voip'::regnamespace and l.lanname = 'sql' and p.provolatile = 's'
        order by p.proname
    loop
        execute format(
            'create or replace function voip.%I(%s) returns %s language plpgsql stable %s '
            'as %L',
            f.proname, pg_get_function_arguments(f.oid), pg_get_function_result(f.oid),
            case when f.proretset then format('rows %s', f.prorows) end,
            case when f.proretset
                then format(E'\n#variable_conflict use_column\nbegin\n    return query%s;\nend\n', f.prosrc)
                else format(E'\nbegin\n    return (%s);\nend\n', f.prosrc) end);
    end loop;
end $$;

-- Each server looks at all of its own PBXs at once.
create or replace function voip.data_spans()
returns table (
    pbx_id smallint, first_call timestamptz, last_call timestamptz, first_event timestamptz, last_event timestamptz)
language plpgsql stable rows 10
as $$
#variable_conflict use_column
begin
    return query
    select p.pbx_id, c.first_at, c.last_at, e.first_at, e.last_at
    from voip.pbx as p
    left join (
        select k.pbx_id, min(k.started_at) as first_at, max(k.started_at) as last_at from voip.call as k group by k.pbx_id
    ) as c on c.pbx_id = p.pbx_id
    left join (
        select q.pbx_id, min(q.at) as first_at, max(q.at) as last_at from voip.queue_event as q group by q.pbx_id
    ) as e on e.pbx_id = p.pbx_id;
end
$$
