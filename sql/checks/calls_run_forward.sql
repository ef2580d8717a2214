-- A call is answered between its start and its end, and no length is negative.
select pbx_id, call_id, linkedid, started_at, answered_at, ended_at, duration_s, ring_s, wait_s, talk_s
from voip.call
where ended_at < started_at
    or answered_at not between started_at - interval '2 s' and ended_at + interval '2 s'
    or duration_s <> extract(epoch from ended_at - started_at)
    or least(duration_s, ring_s, wait_s, talk_s) < 0
    or disposition <> 'answered' and (answered_at is not null or talk_s > 0)
