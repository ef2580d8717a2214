create or replace view voip.runs as
select r.run_id, r.pbx, r.source, r.window_from, r.window_to, r.timezone, r.started_at, r.finished_at, r.seconds,
    r.exit_status,
    case
        when r.finished_at is null then 'unfinished'
        when r.exit_status = 0 then 'done'
        when r.exit_status = 2 then 'done_with_rejects'
        else 'failed'
    end as state,
    r.error,
    (r.cdr ->> 'read')::bigint as legs_read,
    (r.cdr ->> 'inserted')::bigint as legs_inserted,
    (r.cdr ->> 'updated')::bigint as legs_updated,
    (r.cdr ->> 'rejected')::bigint as legs_rejected,
    (r.queue_log ->> 'read')::bigint as events_read,
    (r.queue_log ->> 'inserted')::bigint as events_inserted,
    (r.queue_log ->> 'rejected')::bigint as events_rejected,
    r.calls, r.matched, r.ambiguous, r.unmatched, r.warnings, r.version
from voip.etl_run as r;

comment on view voip.runs is 'One row per run of "crm-voip etl" or of the event store.';
comment on column voip.runs.run_id is 'Number of the run.';
comment on column voip.runs.pbx is 'Name of the PBX in the configuration.';
comment on column voip.runs.source is 'csv, mysql, queue_log or ami.';
comment on column voip.runs.window_from is 'First moment of the requested window; NULL if open.';
comment on column voip.runs.window_to is 'First moment after the window; NULL if open.';
comment on column voip.runs.timezone is 'Zone in which the window is expressed.';
comment on column voip.runs.started_at is 'When the run began.';
comment on column voip.runs.finished_at is 'When it ended; NULL while it runs, or if it was killed.';
comment on column voip.runs.seconds is 'How long the run took.';
comment on column voip.runs.exit_status is 'Its exit status.';
comment on column voip.runs.state is 'unfinished (running, or killed), done, done_with_rejects or failed.';
comment on column voip.runs.error is 'Why it failed.';
comment on column voip.runs.legs_read is 'CDRs read; NULL if none were to be read.';
comment on column voip.runs.legs_inserted is 'Those of them that are new.';
comment on column voip.runs.legs_updated is 'Those of them that have changed.';
comment on column voip.runs.legs_rejected is 'Those of them that could not be loaded.';
comment on column voip.runs.events_read is 'Queue events read; NULL if none were to be read.';
comment on column voip.runs.events_inserted is 'Those of them that are new.';
comment on column voip.runs.events_rejected is 'Those of them that could not be loaded.';
comment on column voip.runs.calls is 'Calls created or rebuilt.';
comment on column voip.runs.matched is 'Those of them whose number belongs to one contact.';
comment on column voip.runs.ambiguous is 'Those of them whose number belongs to several contacts.';
comment on column voip.runs.unmatched is 'Those of them whose number belongs to no contact.';
comment on column voip.runs.warnings is 'Warnings for the administrator.';
comment on column voip.runs.version is 'Version of crm-voip.';
