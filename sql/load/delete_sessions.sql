-- Removes an agent's sessions that lasted at a moment or began later, to write them anew.
-- $1: PBX; $2: agent; $3: the moment; $4: when those that lasted then had begun.
delete from voip.agent_session
where pbx_id = $1 and agent = $2
  and (started_at >= $3 or started_at = any($4) and (ended_at is null or ended_at >= $3))
