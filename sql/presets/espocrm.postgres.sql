-- EspoCRM on PostgreSQL: like espocrm.sql.

with phone as (
    select e.entity_type, e.entity_id, n.name as phone,
           case when e."primary" then 0 when n.type = 'Mobile' then 1 else 2 end
               + case when n.invalid then 100 else 0 end as priority
    from entity_phone_number e join phone_number n on n.id = e.phone_number_id
    where e.deleted = false and n.deleted = false and coalesce(n.type, '') <> 'Fax'
)
select 'contact' as kind, c.id, concat_ws(' ', nullif(c.first_name, ''), nullif(c.last_name, '')) as name,
       p.phone, p.priority, u.user_name as owner, c.modified_at as updated_at
from phone p join contact c on p.entity_type = 'Contact' and c.id = p.entity_id
     left join "user" u on u.id = c.assigned_user_id
where c.deleted = false

union all

select 'lead', l.id, concat_ws(' ', nullif(l.first_name, ''), nullif(l.last_name, '')), p.phone,
       case when l.status in ('Dead', 'Converted') and p.priority < 100 then p.priority + 100 else p.priority end,
       u.user_name, l.modified_at
from phone p join "lead" l on p.entity_type = 'Lead' and l.id = p.entity_id
     left join "user" u on u.id = l.assigned_user_id
where l.deleted = false

union all

select 'company', a.id, a.name, p.phone, p.priority, u.user_name, a.modified_at
from phone p join account a on p.entity_type = 'Account' and a.id = p.entity_id
     left join "user" u on u.id = a.assigned_user_id
where a.deleted = false

union all

select 'user', u.id, concat_ws(' ', nullif(u.first_name, ''), nullif(u.last_name, '')), p.phone, p.priority, u.user_name,
       u.modified_at
from phone p join "user" u on p.entity_type = 'User' and u.id = p.entity_id
where u.deleted = false
