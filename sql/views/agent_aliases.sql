-- ADDMEMBER may log the interface where CONNECT logs the member's name: both are the same agent. If several agents used
-- one phone, it belongs to the one who was last seen there.
create or replace view voip.agent_aliases as
select distinct on (pbx_id, interface) pbx_id, interface as logged_name, agent
from voip.agent
where interface is not null and interface <> agent
order by pbx_id, interface, seen_at desc nulls last, agent;

comment on view voip.agent_aliases is 'Interfaces that the queue_log uses as the name of an agent: one row per PBX and interface.';
comment on column voip.agent_aliases.pbx_id is 'Number of the PBX.';
comment on column voip.agent_aliases.logged_name is 'The interface that the log uses as the agent''s name, such as PJSIP/101.';
comment on column voip.agent_aliases.agent is 'The agent''s name in the other views.';
