-- The legs of a call, in the order in which they began.
-- $1: call_id.
select l.uniqueid, l.linkedid, l.sequence, extract(epoch from l.started_at)::bigint as started,
    extract(epoch from l.answered_at)::bigint as answered, extract(epoch from l.ended_at)::bigint as ended, l.duration_s,
    l.billsec_s, l.disposition, l.src, l.dst, l.dcontext, l.clid, l.channel, l.dstchannel, l.lastapp, l.lastdata,
    l.recording_file
from voip.legs as l
where l.call_id = $1
order by l.started_at, l.sequence nulls last, l.uniqueid
