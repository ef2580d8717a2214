-- The peers' table: the columns of voip.cdr that Master.csv has, in the file's order, and indexes for the same
-- purposes: a leg by its identity, the legs of a time, the legs of a call.
create schema peer;

create table peer.cdr as
select accountcode, src, dst, dcontext, clid, channel, dstchannel, lastapp, lastdata, start_at, answer_at, end_at,
    duration_s, billsec_s, disposition, amaflags::text, uniqueid, userfield, peeraccount, linkedid, sequence
from voip.cdr
with no data;

-- For \copy, which cannot recognise a repeated row: the identity is not unique.
create table peer.cdr_any (like peer.cdr);
create index on peer.cdr_any (uniqueid, sequence);
create index on peer.cdr_any (start_at);
create index on peer.cdr_any (linkedid);

-- For contenders that leave out repeated rows.
create unique index on peer.cdr (uniqueid, sequence);
create index on peer.cdr (start_at);
create index on peer.cdr (linkedid);

-- The queue_log as it is, with indexes for the same purposes as those of voip.queue_event: by time, and the events of a call.
create table peer.queue_event (
    at bigint, callid text, queue text, agent text, event text, data1 text, data2 text, data3 text, data4 text, data5 text
);
create index on peer.queue_event (at);
create index on peer.queue_event (callid);

-- A call, as far as one GROUP BY can build it.
create table peer.call (
    linkedid    text collate "C" primary key,
    started_at  timestamptz not null,
    ended_at    timestamptz,
    answered_at timestamptz,
    disposition text,
    customer    text,
    dst         text,
    queue       text,
    talk_s      integer,
    legs        integer
);
create index on peer.call (started_at);
