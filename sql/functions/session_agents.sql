-- Agents with sessions, each once. The primary key is read from one agent to the next, not from row to row; one step after
-- another, because a cluster does not plan a recursive query.
create or replace function voip.session_agents(most integer)
returns table (pbx_id smallint, agent text)
language plpgsql stable rows 100
as $$
#variable_conflict use_column
declare
    known record;
begin
    select s.pbx_id, s.agent into known from voip.agent_session as s order by s.pbx_id, s.agent limit 1;
    for step in 1..most loop
        exit when known.agent is null;
        session_agents.pbx_id := known.pbx_id;
        session_agents.agent := known.agent;
        return next;
        select s.pbx_id, s.agent into known
        from voip.agent_session as s
        where (s.pbx_id, s.agent) > (known.pbx_id, known.agent)
        order by s.pbx_id, s.agent
        limit 1;
    end loop;
end
$$;

comment on function voip.session_agents is 'Agents with sessions, each once, in order: at most as many as requested.';
