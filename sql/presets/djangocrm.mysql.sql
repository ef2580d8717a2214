-- DjangoCRM on MySQL or MariaDB: as djangocrm.sql, for the tables of the current version.

select 'contact' as kind, id, concat_ws(' ', nullif(first_name, ''), nullif(middle_name, ''), nullif(last_name, '')) as name,
       phone, mobile, other_phone, null as company_phone, null as extension, owner_id as owner, update_date as updated_at,
       case when disqualified then 100 else 0 end as priority
from crm_contact

union all

select 'lead', id, coalesce(nullif(concat_ws(' ', nullif(first_name, ''), nullif(middle_name, ''),
           nullif(last_name, '')), ''), company_name),
       phone, mobile, other_phone, company_phone, null, owner_id, update_date,
       case when disqualified then 100 else 0 end
from crm_lead

union all

select 'company', id, full_name, phone, null, null, null, null, owner_id, update_date,
       case when active and not disqualified then 0 else 100 end
from crm_company

union all

select 'user', user_id, '', null, null, null, null, pbx_number, null, null, 0
from common_userprofile
where pbx_number <> ''
