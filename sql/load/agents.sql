-- Names and interfaces; of two names for one interface the one that had it last comes last. $1: PBX.
select agent, interface from voip.agent where pbx_id = $1 order by learned_at nulls first, agent
