-- ADDMEMBER may log the interface where CONNECT logs the member's name: both are one agent. Of several who sat at one
-- phone, it is the one who was seen there last.
create or replace view voip.agent_aliases as
select distinct on (pbx_id, interface) pbx_id, interface as logged_name, agent
from voip.agent
where interface is not null and interface <> agent
order by pbx_id, interface, seen_at desc nulls last, agent;

comment on view voip.agent_aliases is 'Interfaces that the queue_log uses as the name of an agent: one row per PBX and interface.';
comment on column voip.agent_aliases.pbx_id is 'Number of the PBX.';
comment on column voip.agent_aliases.logged_name is 'The interface, such as PJSIP/101, as the log names the agent.';
comment on column voip.agent_aliases.agent is 'The agent''s name in the other views.';
