-- Legs (CDRs), the calls that they make up, and the ledger of the runs that loaded them.
-- Times are timestamptz (UTC inside), lengths are whole seconds in columns ending _s.
-- A text that the PBX left empty, or that the source does not have, is NULL.

create table voip.pbx (
    pbx_id      smallint generated always as identity primary key,
    name        text not null unique,
    timezone    text                            -- IANA name, as of the last run
);

create table voip.cdr (
    call_id       bigint not null,
    leg_no        bigint not null,              -- sequence where known, else minus a hash of the content: see docs/identity.md
    content_hash  bigint not null,              -- hash of what never changes in a leg, finds it again across sources
    row_hash      bigint not null,              -- hash of all that is stored, tells a changed version from the same one
    start_at      timestamptz not null,
    answer_at     timestamptz,
    end_at        timestamptz,
    pbx_id        smallint not null,
    amaflags      smallint,
    duration_s    integer not null,
    billsec_s     integer not null,
    sequence      integer,
    uniqueid      text collate "C" not null,                -- '' where the PBX does not log it
    linkedid      text collate "C",
    disposition   text,
    src           text,
    dst           text,
    dcontext      text,
    clid          text,
    channel       text,
    dstchannel    text,
    lastapp       text,
    lastdata      text,
    accountcode   text,
    peeraccount   text,
    userfield     text,
    did           text,
    recordingfile text,
    cnum          text,
    cnam          text,
    outbound_cnum text,
    outbound_cnam text,
    dst_cnam      text
);

-- Identity, and finding a call by any uniqueid of its legs. uniqueid begins with the time, so inserts go to the right edge.
create unique index cdr_leg on voip.cdr (uniqueid, leg_no, pbx_id);
-- The loader's window: which legs of these minutes are there already? Also every report by leg time.
create index cdr_start on voip.cdr (start_at);
-- The legs of a call.
create index cdr_call on voip.cdr (call_id);

-- Blocks of a thousand: a run takes a block and numbers its calls without asking again.
create sequence voip.call_id as bigint increment by 1000 start 1000;

create table voip.call (
    call_id        bigint primary key,
    pbx_id         smallint not null,
    linkedid       text collate "C" not null,               -- the call's own name: the first linkedid of its legs, else their uniqueid
    direction      text not null check (direction in ('inbound', 'outbound', 'internal', 'unknown')),
    disposition    text not null check (disposition in ('answered', 'no_answer', 'busy', 'failed')),
    started_at     timestamptz not null,
    answered_at    timestamptz,                 -- when a person (or, without one, the PBX) answered
    ended_at       timestamptz,
    duration_s     integer not null,
    ring_s         integer,                     -- ringing of the party that answered, or of the last one tried
    wait_s         integer,                     -- from the start to the answer, or to the end of an unanswered call
    talk_s         integer not null,
    wait_source    text check (wait_source in ('queue_log', 'cdr')),
    customer       text,                        -- the outside party's number as the PBX wrote it
    customer_e164  text,
    did            text,                        -- the number that was dialled from outside
    extension      text,                        -- the inside party
    agent          text,                        -- the queue member who answered
    queue          text,                        -- the first queue entered
    queues         smallint not null,           -- visits to queues
    transfers      smallint not null,
    legs           smallint not null,
    recordingfile  text,
    match          text check (match in ('matched', 'ambiguous', 'unmatched')),  -- NULL: no number to match
    contact_id     bigint,
    row_hash       bigint not null
);

create index call_started on voip.call (started_at);

-- Linkedids that no leg has as its uniqueid: nothing else leads from them to the call.
create table voip.call_alias (
    linkedid  text collate "C" not null,
    pbx_id    smallint not null,
    call_id   bigint not null,
    primary key (linkedid, pbx_id)
);

create table voip.etl_run (
    run_id       bigint generated always as identity primary key,
    pbx          text not null,
    source       text not null,                 -- csv, mysql, ami
    window_from  timestamptz,
    window_to    timestamptz,
    timezone     text,
    dry_run      boolean not null default false,
    started_at   timestamptz not null default now(),
    finished_at  timestamptz,                   -- NULL: running, or killed
    seconds      double precision,
    exit_status  smallint,
    error        text,
    cdr          jsonb,                         -- the counters of contract.md, section 3
    queue_log    jsonb,
    calls        bigint,
    matched      bigint,
    ambiguous    bigint,
    unmatched    bigint,
    warnings     text[] not null default '{}',
    version      text
);

-- A record that could not be loaded, once, however often it is met.
create table voip.reject (
    reject_id    bigint generated always as identity primary key,
    run_id       bigint not null,               -- the last run that met it
    pbx_id       smallint not null,
    source       text not null check (source in ('cdr', 'queue_log')),
    origin       text not null,                 -- file or table
    line         bigint,                        -- first line of the record, counted from 1
    reason_code  text not null,
    reason       text not null,
    record_hash  bigint not null,
    record       bytea not null                 -- as it was read, so that it can be mended and fed back
);

create unique index reject_record on voip.reject (pbx_id, source, record_hash);
