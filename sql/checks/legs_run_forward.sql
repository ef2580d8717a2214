-- A leg is answered between its start and its end, and its lengths are not negative.
-- Start, answer and end are whole seconds of one clock. If the clock was set in the meantime, or lengths were rounded
-- up (cdr.conf, initiatedseconds), they may differ by a second or two.
select pbx_id, call_id, uniqueid, start_at, answer_at, end_at, duration_s, billsec_s
from voip.cdr
where end_at < start_at
    or answer_at not between start_at - interval '2 s' and end_at + interval '2 s'
    or duration_s < 0 or billsec_s < 0
    or billsec_s > duration_s + 2
    or start_at not between timestamptz '1990-01-01' and now() + interval '2 days'
