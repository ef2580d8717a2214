-- An agent's sessions of one kind in one queue do not overlap, and each ends after it begins.
select pbx_id, agent, kind, queue, started_at, ended_at, next_started_at
from (
    select s.*,
        lead(started_at) over (
            partition by pbx_id, agent, kind, lower(queue collate "C") order by started_at) as next_started_at
    from voip.agent_session as s
) as s
where ended_at <= started_at
    or next_started_at is not null and (ended_at is null or ended_at > next_started_at)
    or ended_at is null and ended_by is not null
