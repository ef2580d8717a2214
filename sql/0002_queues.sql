-- What the queue_log says: its events, and the visits and sessions that they make up.

create table voip.queue_event (
    at          timestamptz not null,           -- whole seconds, as the file has them
    event_hash  bigint not null,                -- hash of callid, queue, agent, event and data: the same line is the same event
    pbx_id      smallint not null,
    event       text not null,
    callid      text collate "C",                           -- NULL for NONE, MANAGER, CLI, REALTIME
    queue       text,                           -- NULL for NONE
    agent       text,                           -- NULL for NONE
    data1       text,
    data2       text,
    data3       text,
    data4       text,
    data5       text                            -- the fifth field and all that follow, joined by |
);

create unique index queue_event_identity on voip.queue_event (at, event_hash, pbx_id);
-- All events of a call, whenever they were loaded.
create index queue_event_call on voip.queue_event (callid, pbx_id) where callid is not null;
-- The history of an agent's sessions and pauses.
create index queue_event_agent on voip.queue_event (pbx_id, agent, at)
    where event in (
        'QUEUESTART', 'ADDMEMBER', 'REMOVEMEMBER', 'PAUSE', 'UNPAUSE', 'PAUSEALL', 'UNPAUSEALL',
        'AGENTLOGIN', 'AGENTLOGOFF', 'AGENTCALLBACKLOGIN', 'AGENTCALLBACKLOGOFF');

create table voip.queue_visit (
    pbx_id           smallint not null,
    callid           text collate "C" not null,
    queue            text not null,
    entry            smallint not null,         -- 1 for the call's first visit to this queue, 2 for the second …
    source           text not null check (source in ('queue_log', 'cdr')),
    entered_at       timestamptz not null,
    connected_at     timestamptz,
    left_at          timestamptz,               -- end of the visit: hang-up, transfer, abandon …; NULL while unknown
    outcome          text not null check (outcome in (
        'answered', 'abandoned', 'timed_out', 'exit_key', 'exit_empty', 'withdrawn', 'unserved', 'in_progress')),
    wait_s           integer,                   -- as the PBX logged it; NULL while unknown
    ring_s           integer,
    talk_s           integer,
    position         integer,                   -- on entering
    left_position    integer,                   -- on leaving unserved
    agent            text,                      -- as logged in CONNECT: the member's name
    ended_by         text check (ended_by in ('agent', 'caller', 'transfer')),
    transferred      boolean not null default false,
    transfer_target  text,
    exit_key         text,
    caller           text,                      -- as the PBX wrote it
    caller_e164      text,
    -- Where ENTERQUEUE stands: NULL under callid itself, '' nowhere, else under this callid (an attended transfer).
    entry_callid     text collate "C",
    primary key (callid, queue, entry, source, pbx_id)
);

create index queue_visit_entered on voip.queue_visit (entered_at);

-- Visits that an attended transfer tore apart, or whose beginning is not in the log.
create index queue_visit_torn on voip.queue_visit (pbx_id, callid) where entry_callid is not null;

-- Spans of time of an agent: membership of a queue, login, pause. Open ones have no end.
create table voip.agent_session (
    pbx_id      smallint not null,
    agent       text not null,                  -- as logged: name or interface; voip.agent joins the two
    kind        text not null check (kind in ('membership', 'login', 'pause')),
    queue       text not null,                  -- '' for all queues (login, PAUSEALL)
    started_at  timestamptz not null,
    ended_at    timestamptz,
    reason      text,                           -- of a pause
    ended_by    text,                           -- the event that ended it
    primary key (pbx_id, agent, kind, queue, started_at)
);

-- Who an agent is: the name in CONNECT, the interface in ADDMEMBER, the extension behind both. Learned from the legs.
create table voip.agent (
    pbx_id     smallint not null,
    agent      text not null,
    interface  text,
    extension  text,
    seen_at    timestamptz,                     -- the latest sighting holds, in whatever order files are loaded
    primary key (pbx_id, agent)
);

create index agent_interface on voip.agent (pbx_id, interface);
