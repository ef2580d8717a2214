-- Whether names are known as they are written; true for a parameter that is NULL. $1: PBX; $2: queue; $3: agent, by
-- name in the log, interface or extension.
with chosen as (
    select pbx_id from voip.pbx where $1::text is null or name = $1
)
select
    exists (select 1 from chosen) as pbx,
    $2::text is null
        or exists (
            select 1 from voip.queue_visit
            where voip.queue_key(queue) = voip.queue_key($2) and pbx_id in (select pbx_id from chosen))
        or exists (
            select 1 from voip.agent_session
            where voip.queue_key(queue) = voip.queue_key($2) and pbx_id in (select pbx_id from chosen)) as queue,
    $3::text is null
        or exists (
            select 1 from voip.agent
            where (agent = $3 or interface = $3 or extension = $3) and pbx_id in (select pbx_id from chosen))
        or exists (select 1 from voip.agent_session where agent = $3 and pbx_id in (select pbx_id from chosen))
        or exists (select 1 from voip.queue_visit where agent = $3 and pbx_id in (select pbx_id from chosen))
        or exists (
            select 1
            from voip.call
            where extension collate "C" = $3
                and pbx_id in (select pbx_id from chosen))
        or exists (
            select 1 from voip.agents where extension = $3 and pbx_id in (select pbx_id from chosen)) as agent
