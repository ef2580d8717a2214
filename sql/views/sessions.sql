create or replace view voip.sessions as
select s.pbx_id, p.name as pbx, coalesce(a.agent, s.agent) as agent, s.kind, nullif(s.queue, '') as queue, s.started_at,
    s.ended_at, s.reason as pause_reason, s.ended_by
from voip.agent_session as s
left join voip.agent_aliases as a on a.pbx_id = s.pbx_id and a.logged_name = s.agent
left join voip.pbx as p on p.pbx_id = s.pbx_id;

comment on view voip.sessions is 'One row per span in which an agent was a member of a queue, was logged in, or paused.';
comment on column voip.sessions.pbx_id is 'Number of the PBX.';
comment on column voip.sessions.pbx is 'Name of the PBX in the configuration.';
comment on column voip.sessions.agent is 'The agent: voip.agents.agent.';
comment on column voip.sessions.kind is 'membership (of a queue), login (AgentLogin) or pause.';
comment on column voip.sessions.queue is 'The queue; NULL if the span applies to all queues.';
comment on column voip.sessions.started_at is 'When it began.';
comment on column voip.sessions.ended_at is 'When it ended; NULL while it lasts.';
comment on column voip.sessions.pause_reason is 'Reason for a pause.';
comment on column voip.sessions.ended_by is 'The event that ended it, such as REMOVEMEMBER or QUEUESTART.';
