-- The legs of some calls; those of one call in the order in which they began.
-- $1, $2: first and last call; $3: the calls themselves, or NULL for all between.
select
    call_id, start_at, answer_at, end_at, duration_s, billsec_s, sequence,
    uniqueid, linkedid, disposition, src, dst, dcontext, channel, dstchannel, lastapp, lastdata, did, recordingfile, cnum,
    clid
from voip.cdr
where call_id between $1 and $2 and ($3::bigint[] is null or call_id = any($3))
order by call_id, start_at, leg_no < 0, leg_no
