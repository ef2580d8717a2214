-- SuiteCRM on MySQL or MariaDB: contacts, leads, accounts, and users whose work phone is an extension.
-- A dead or converted lead ranks below every other record with its number: the contact of a converted lead is included
-- anyway. Faxes and the assistant's phone are left out.

select 'contact' as kind, c.id, concat_ws(' ', nullif(c.first_name, ''), nullif(c.last_name, '')) as name,
       c.phone_work, c.phone_mobile, c.phone_home, c.phone_other, null as extension, u.user_name as owner,
       c.date_modified as updated_at, 0 as priority
from contacts c left join users u on u.id = c.assigned_user_id
where c.deleted = 0

union all

select 'lead', l.id, concat_ws(' ', nullif(l.first_name, ''), nullif(l.last_name, '')),
       l.phone_work, l.phone_mobile, l.phone_home, l.phone_other, null, u.user_name, l.date_modified,
       case when l.status = 'Dead' or l.converted = 1 then 100 else 0 end
from leads l left join users u on u.id = l.assigned_user_id
where l.deleted = 0

union all

select 'company', a.id, a.name, a.phone_office, a.phone_alternate, null, null, null, u.user_name, a.date_modified, 0
from accounts a left join users u on u.id = a.assigned_user_id
where a.deleted = 0

union all

select 'user', u.id, concat_ws(' ', nullif(u.first_name, ''), nullif(u.last_name, '')), null, u.phone_mobile, null, null,
       case when u.phone_work regexp '^[0-9]{2,5}$' then u.phone_work end, u.user_name, u.date_modified,
       case when u.status = 'Active' then 0 else 100 end
from users u
where u.deleted = 0
