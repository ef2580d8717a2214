-- Which rejects are in the file of etl.rejects: marked only after the file is on the disk, so that the next run writes what a
-- full disk or a kill kept out of it. Those of earlier versions were written when they were met.
alter table voip.reject add column filed_at timestamptz default now();
alter table voip.reject alter column filed_at drop default;
comment on column voip.reject.filed_at is 'When the record was written to the file of etl.rejects; NULL if it was not.';

create index reject_unfiled on voip.reject (pbx_id, reject_id) where filed_at is null;
