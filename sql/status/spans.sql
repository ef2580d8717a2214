-- From when to when the calls and queue events of each PBX are there. Times are UTC.
select p.name, p.timezone, to_char(s.first_call at time zone 'UTC', f.iso), to_char(s.last_call at time zone 'UTC', f.iso),
    to_char(s.first_event at time zone 'UTC', f.iso), to_char(s.last_event at time zone 'UTC', f.iso)
from voip.pbx as p
join voip.data_spans() as s on s.pbx_id = p.pbx_id
cross join (select 'YYYY-MM-DD"T"HH24:MI:SS"Z"' as iso) as f
order by p.name
