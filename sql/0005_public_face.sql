-- What the views in sql/views stand on: a visit knows its call, the questions that a CRM asks have an index, and every
-- primary key of a fact contains pbx_id, by which a distributed engine may spread the rows.

-- Which call a visit belongs to: that of the legs whose uniqueid is the visit's callid. NULL while no such leg is loaded.
alter table voip.queue_visit add column call_id bigint;

update voip.queue_visit as v
set call_id = c.call_id
from voip.cdr as c
where c.uniqueid = v.callid and c.pbx_id = v.pbx_id;

create index queue_visit_call on voip.queue_visit (call_id) where call_id is not null;

-- Calls of a contact, of a number, of a linkedid, of a PBX and time. An index of started_at alone goes: this one serves its
-- questions, too.
create index call_contact on voip.call (contact_id, started_at) where contact_id is not null;
create index call_customer on voip.call (customer_e164, started_at) where customer_e164 is not null;
create index call_linkedid on voip.call (linkedid);
create index call_started_pbx on voip.call (started_at, pbx_id);
drop index voip.call_started;

-- The unique indexes that are there become primary keys, which costs nothing.
alter table voip.cdr add constraint cdr_leg primary key using index cdr_leg;
alter table voip.queue_event add constraint queue_event_identity primary key using index queue_event_identity;
alter table voip.call drop constraint call_pkey;
alter table voip.call add constraint call_pkey primary key (call_id, pbx_id);
alter table voip.reject drop constraint reject_pkey;
alter table voip.reject add constraint reject_pkey primary key (reject_id, pbx_id);

-- A dry run writes no row, so this was always false.
alter table voip.etl_run drop column dry_run;

comment on schema voip is 'Calls, queue visits and contacts that crm-voip loads. Read the views; docs/warehouse.md describes them.';
comment on table voip.pbx is 'The PBXs, by number.';
comment on table voip.cdr is 'One row per leg (CDR). Read the view legs.';
comment on table voip.call is 'One row per call. Read the view calls.';
comment on table voip.call_alias is 'Linkedids that lead to a call and are no leg''s uniqueid.';
comment on table voip.queue_event is 'Events of the queue_log. Read the view queue_events.';
comment on table voip.queue_log_span is 'From when to when the queue_log of a PBX is loaded.';
comment on table voip.queue_visit is 'One row per visit of a caller to a queue. Read the view queue_visits.';
comment on table voip.agent_session is 'Spans of membership, login and pause. Read the view sessions.';
comment on table voip.agent is 'Agents whose phone the legs have shown. Read the view agents.';
comment on table voip.contact is 'The CRM''s people as of the last sync. Read the view contacts.';
comment on table voip.contact_number is 'Their numbers. Read the view contacts.';
comment on table voip.etl_run is 'One row per run of etl. Read the view runs.';
comment on table voip.reject is 'Records that could not be loaded. Read the view rejects.';
comment on column voip.call.contact_id is 'voip.contact.contact_id, the warehouse''s own number; the CRM''s id is contact.external_id.';
comment on column voip.queue_visit.call_id is 'voip.call.call_id; NULL while no leg of the call is loaded.';
comment on column voip.etl_run.source is 'csv, mysql, queue_log or ami.';
