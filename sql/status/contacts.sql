-- When the contacts of each source were last read, in UTC; a source last read by an older version has no time.
select source, to_char(s.synced_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), coalesce(c.contacts, 0)
from voip.contact_sync as s
full join (select source, count(*) as contacts from voip.contact group by source) as c using (source)
where c.contacts > 0 or s.synced_at is not null
order by s.synced_at desc nulls last, source
