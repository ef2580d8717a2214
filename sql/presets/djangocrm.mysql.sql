-- DjangoCRM on MySQL or MariaDB: like djangocrm.sql, for the tables of the current version.

with person as (
    select id, coalesce(nullif(concat_ws(' ', nullif(first_name, ''), nullif(last_name, '')), ''), username) as name
    from auth_user
)
select 'contact' as kind, c.id, concat_ws(' ', nullif(c.first_name, ''), nullif(c.middle_name, ''), nullif(c.last_name, '')) as name,
       c.phone, c.mobile, c.other_phone, null as company_phone, null as extension, coalesce(p.name, c.owner_id) as owner,
       c.update_date as updated_at, case when c.disqualified then 100 else 0 end as priority
from crm_contact c left join person p on p.id = c.owner_id

union all

select 'lead', l.id, coalesce(nullif(concat_ws(' ', nullif(l.first_name, ''), nullif(l.middle_name, ''),
           nullif(l.last_name, '')), ''), l.company_name),
       l.phone, l.mobile, l.other_phone, l.company_phone, null, coalesce(p.name, l.owner_id), l.update_date,
       case when l.disqualified then 100 else 0 end
from crm_lead l left join person p on p.id = l.owner_id

union all

select 'company', o.id, o.full_name, o.phone, null, null, null, null, coalesce(p.name, o.owner_id), o.update_date,
       case when o.active and not o.disqualified then 0 else 100 end
from crm_company o left join person p on p.id = o.owner_id

union all

select 'user', u.user_id, coalesce(p.name, ''), null, null, null, null, u.pbx_number, null, null, 0
from common_userprofile u left join person p on p.id = u.user_id
where u.pbx_number <> ''
