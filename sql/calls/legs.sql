-- The legs of a call, in the order in which they began.
-- $1: call_id.
select uniqueid, linkedid, sequence, extract(epoch from start_at)::bigint as started,
    extract(epoch from answer_at)::bigint as answered, extract(epoch from end_at)::bigint as ended, duration_s, billsec_s,
    disposition, src, dst, dcontext, clid, channel, dstchannel, lastapp, lastdata, recordingfile
from voip.cdr
where call_id = $1
order by start_at, sequence nulls last, uniqueid
