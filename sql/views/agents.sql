create or replace view voip.agents as
with named as (
    select pbx_id, agent, interface, extension, seen_at from voip.agent
    union all
    select distinct pbx_id, agent, null, null, null::timestamptz from voip.agent_session
),
known as (
    select n.pbx_id, coalesce(a.agent, n.agent) as agent, n.interface, n.seen_at,
        coalesce(n.extension, voip.agent_extension(coalesce(n.interface, n.agent))) as extension
    from named as n
    left join voip.agent_aliases as a on a.pbx_id = n.pbx_id and a.logged_name = n.agent
)
select k.pbx_id, p.name as pbx, k.agent,
    (array_agg(k.interface order by k.seen_at desc nulls last) filter (where k.interface is not null))[1] as interface,
    (array_agg(k.extension order by k.seen_at desc nulls last, k.extension) filter (where k.extension is not null))[1]
        as extension,
    max(k.seen_at) as seen_at
from known as k
left join voip.pbx as p using (pbx_id)
group by k.pbx_id, p.name, k.agent;

comment on view voip.agents is 'One row per PBX and agent who was a queue member, logged in or answered a queue call whose legs show the phone.';
comment on column voip.agents.pbx_id is 'Number of the PBX.';
comment on column voip.agents.pbx is 'Name of the PBX in the configuration.';
comment on column voip.agents.agent is 'The agent''s name in the queues.';
comment on column voip.agents.interface is 'The agent''s phone, such as PJSIP/101, where the agent was last seen; NULL until a leg shows it.';
comment on column voip.agents.extension is 'The agent''s extension: learned from legs, or else the number in the interface; NULL if neither is known.';
comment on column voip.agents.seen_at is 'When a leg last showed the agent at a phone.';
