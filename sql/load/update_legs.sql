-- A later version of a leg replaces the earlier one; columns that it leaves empty do not erase the values from another
-- source. Requires the temporary table of incoming_legs.sql. Bit n of `cut` is the n-th text column, uniqueid being the
-- 0th: a value that may have been cut by its column's width, and is a prefix of the stored one, is not a change.
-- $1: PBX.
with merged as (
    select
        t.uniqueid as stored_uniqueid, t.leg_no as stored_leg_no, i.uniqueid,
        i.content_hash, i.row_hash, i.start_at, i.duration_s, i.billsec_s,
        case when i.sequence is null then t.leg_no else i.leg_no end as leg_no,
        -- Lengths that did not change are no reason to replace times that were given.
        case when i.is_derived and (t.start_at, t.duration_s, t.billsec_s) = (i.start_at, i.duration_s, i.billsec_s)
            then coalesce(t.answer_at, i.answer_at) else i.answer_at end as answer_at,
        case when i.is_derived and (t.start_at, t.duration_s, t.billsec_s) = (i.start_at, i.duration_s, i.billsec_s)
            then coalesce(t.end_at, i.end_at) else i.end_at end as end_at,
        coalesce(i.amaflags, t.amaflags) as amaflags,
        coalesce(i.sequence, t.sequence) as sequence,
        case when i.cut & 2 <> 0 and starts_with(t.linkedid, i.linkedid)
            then t.linkedid else coalesce(i.linkedid, t.linkedid) end as linkedid,
        case when i.cut & 4 <> 0 and starts_with(t.disposition, i.disposition)
            then t.disposition else coalesce(i.disposition, t.disposition) end as disposition,
        case when i.cut & 8 <> 0 and starts_with(t.src, i.src)
            then t.src else coalesce(i.src, t.src) end as src,
        case when i.cut & 16 <> 0 and starts_with(t.dst, i.dst)
            then t.dst else coalesce(i.dst, t.dst) end as dst,
        case when i.cut & 32 <> 0 and starts_with(t.dcontext, i.dcontext)
            then t.dcontext else coalesce(i.dcontext, t.dcontext) end as dcontext,
        case when i.cut & 64 <> 0 and starts_with(t.clid, i.clid)
            then t.clid else coalesce(i.clid, t.clid) end as clid,
        case when i.cut & 128 <> 0 and starts_with(t.channel, i.channel)
            then t.channel else coalesce(i.channel, t.channel) end as channel,
        case when i.cut & 256 <> 0 and starts_with(t.dstchannel, i.dstchannel)
            then t.dstchannel else coalesce(i.dstchannel, t.dstchannel) end as dstchannel,
        case when i.cut & 512 <> 0 and starts_with(t.lastapp, i.lastapp)
            then t.lastapp else coalesce(i.lastapp, t.lastapp) end as lastapp,
        case when i.cut & 1024 <> 0 and starts_with(t.lastdata, i.lastdata)
            then t.lastdata else coalesce(i.lastdata, t.lastdata) end as lastdata,
        case when i.cut & 2048 <> 0 and starts_with(t.accountcode, i.accountcode)
            then t.accountcode else coalesce(i.accountcode, t.accountcode) end as accountcode,
        case when i.cut & 4096 <> 0 and starts_with(t.peeraccount, i.peeraccount)
            then t.peeraccount else coalesce(i.peeraccount, t.peeraccount) end as peeraccount,
        case when i.cut & 8192 <> 0 and starts_with(t.userfield, i.userfield)
            then t.userfield else coalesce(i.userfield, t.userfield) end as userfield,
        case when i.cut & 16384 <> 0 and starts_with(t.did, i.did)
            then t.did else coalesce(i.did, t.did) end as did,
        case when i.cut & 32768 <> 0 and starts_with(t.recordingfile, i.recordingfile)
            then t.recordingfile else coalesce(i.recordingfile, t.recordingfile) end as recordingfile,
        case when i.cut & 65536 <> 0 and starts_with(t.cnum, i.cnum)
            then t.cnum else coalesce(i.cnum, t.cnum) end as cnum,
        case when i.cut & 131072 <> 0 and starts_with(t.cnam, i.cnam)
            then t.cnam else coalesce(i.cnam, t.cnam) end as cnam,
        case when i.cut & 262144 <> 0 and starts_with(t.outbound_cnum, i.outbound_cnum)
            then t.outbound_cnum else coalesce(i.outbound_cnum, t.outbound_cnum) end as outbound_cnum,
        case when i.cut & 524288 <> 0 and starts_with(t.outbound_cnam, i.outbound_cnam)
            then t.outbound_cnam else coalesce(i.outbound_cnam, t.outbound_cnam) end as outbound_cnam,
        case when i.cut & 1048576 <> 0 and starts_with(t.dst_cnam, i.dst_cnam)
            then t.dst_cnam else coalesce(i.dst_cnam, t.dst_cnam) end as dst_cnam
    from incoming_leg as i
    join voip.cdr as t
        on t.uniqueid = case when i.is_nameless then '' else i.uniqueid end
        and t.leg_no = i.stored_leg_no
    where t.pbx_id = $1
)
update voip.cdr as t
set (
        uniqueid, leg_no, content_hash, row_hash, start_at, answer_at, end_at, amaflags, duration_s, billsec_s,
        sequence, linkedid, disposition, src, dst, dcontext, clid, channel, dstchannel, lastapp, lastdata,
        accountcode, peeraccount, userfield, did, recordingfile, cnum, cnam, outbound_cnum, outbound_cnam, dst_cnam
    ) = (
        m.uniqueid, m.leg_no, m.content_hash, m.row_hash, m.start_at, m.answer_at, m.end_at, m.amaflags,
        m.duration_s, m.billsec_s, m.sequence, m.linkedid, m.disposition, m.src, m.dst, m.dcontext, m.clid,
        m.channel, m.dstchannel, m.lastapp, m.lastdata, m.accountcode, m.peeraccount, m.userfield, m.did,
        m.recordingfile, m.cnum, m.cnam, m.outbound_cnum, m.outbound_cnam, m.dst_cnam
    )
from merged as m
where t.uniqueid = m.stored_uniqueid and t.leg_no = m.stored_leg_no and t.pbx_id = $1
    and (
        t.uniqueid, t.leg_no, t.start_at, t.answer_at, t.end_at, t.amaflags, t.duration_s, t.billsec_s, t.sequence,
        t.linkedid, t.disposition, t.src, t.dst, t.dcontext, t.clid, t.channel, t.dstchannel, t.lastapp, t.lastdata,
        t.accountcode, t.peeraccount, t.userfield, t.did, t.recordingfile, t.cnum, t.cnam, t.outbound_cnum,
        t.outbound_cnam, t.dst_cnam
    ) is distinct from (
        m.uniqueid, m.leg_no, m.start_at, m.answer_at, m.end_at, m.amaflags, m.duration_s, m.billsec_s, m.sequence,
        m.linkedid, m.disposition, m.src, m.dst, m.dcontext, m.clid, m.channel, m.dstchannel, m.lastapp, m.lastdata,
        m.accountcode, m.peeraccount, m.userfield, m.did, m.recordingfile, m.cnum, m.cnam, m.outbound_cnum,
        m.outbound_cnam, m.dst_cnam
    )
returning t.call_id
