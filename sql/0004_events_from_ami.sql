-- Queue events that came by AMI (events --store) stand beside those of the queue_log, and give way to them.

-- Where an event comes from: queue_log or ami.
alter table voip.queue_event add column source text not null default 'queue_log' check (source in ('queue_log', 'ami'));

-- Few of all events, wherever a queue_log is loaded, too.
create index queue_event_ami on voip.queue_event (pbx_id, at) where source = 'ami';

-- From when to when the queue_log is known: the first and the last event of each piece that was loaded, pieces that
-- overlap joined. Between the two what came by AMI has nothing to say.
create table voip.queue_log_span (
    pbx_id    smallint not null,
    first_at  timestamptz not null,
    last_at   timestamptz not null check (last_at >= first_at),
    primary key (pbx_id, first_at)
);

-- What was loaded before this table was there is all of the queue_log.
insert into voip.queue_log_span (pbx_id, first_at, last_at)
select pbx_id, min(at), max(at) from voip.queue_event group by pbx_id;
