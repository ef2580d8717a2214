create or replace view voip.rejects as
select r.reject_id, r.run_id, r.pbx_id, p.name as pbx, r.source, r.origin, r.line, r.reason_code, r.reason, r.record
from voip.reject as r
left join voip.pbx as p on p.pbx_id = r.pbx_id;

comment on view voip.rejects is 'One row per record that could not be loaded, however often it was read.';
comment on column voip.rejects.reject_id is 'Number of the reject.';
comment on column voip.rejects.run_id is 'The last run that read it: voip.runs.run_id.';
comment on column voip.rejects.pbx_id is 'Number of the PBX.';
comment on column voip.rejects.pbx is 'Name of the PBX in the configuration.';
comment on column voip.rejects.source is 'cdr or queue_log.';
comment on column voip.rejects.origin is 'File or table.';
comment on column voip.rejects.line is 'First line of the record, counted from 1; NULL if the lines before it were not read.';
comment on column voip.rejects.reason_code is 'Kind of defect.';
comment on column voip.rejects.reason is 'What is wrong, as a sentence.';
comment on column voip.rejects.record is 'The record''s bytes as they were read; convert_from(record, ''UTF8'') converts them to text.';
