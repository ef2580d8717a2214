-- A visit's other columns agree with its outcome.
-- Answered: there was a connect, or its end is known from a log that begins in the middle of the visit. In progress: no
-- end and no wait yet. All other outcomes have an end, no connect and no talk, and only a transfer has a target.
select pbx_id, callid, queue, entry, source, outcome, connected_at, left_at, wait_s, talk_s, ended_by, transferred
from voip.queue_visit
where outcome = 'answered' and connected_at is null and (left_at is null or talk_s is null)
    or outcome = 'in_progress' and (left_at is not null or wait_s is not null)
    or outcome not in ('answered', 'in_progress') and left_at is null
    or outcome <> 'answered' and (connected_at is not null or talk_s is not null or ended_by is not null or transferred)
    or outcome in ('abandoned', 'timed_out', 'exit_key', 'exit_empty', 'withdrawn') and wait_s is null
    or transferred and outcome <> 'answered'
    or transfer_target is not null and not transferred
    or exit_key is not null and outcome <> 'exit_key'
