-- DjangoCRM on PostgreSQL: contacts, leads, companies, and the agents' extensions.
-- Columns that not every version has are read through to_jsonb. A disqualified record or a closed company ranks below
-- all others with the same number. The owner's name is in Django's own table, which not everybody may read: without it
-- the owner is the user's id, so the query that reads the table is given as a text.

with person as (
    select (xpath('/row/id/text()', r))[1]::text::integer as id,
           replace(replace(replace((xpath('/row/name/text()', r))[1]::text, '&lt;', '<'), '&gt;', '>'), '&amp;', '&') as name
    from unnest(xpath('/table/row', case when has_table_privilege(to_regclass('auth_user'), 'select') then query_to_xml(
        'select id, coalesce(nullif(concat_ws('' '', nullif(first_name, ''''), nullif(last_name, '''')), ''''), username) as name
         from auth_user', false, false, '') end)) as r
)
select 'contact' as kind, id, concat_ws(' ', nullif(first_name, ''), nullif(to_jsonb(c) ->> 'middle_name', ''),
           nullif(last_name, '')) as name,
       phone, mobile, other_phone, null as company_phone, null as extension,
       coalesce((select name from person where person.id = owner_id), owner_id::text) as owner, update_date as updated_at,
       case when disqualified then 100 else 0 end as priority
from crm_contact c

union all

select 'lead', id, coalesce(nullif(concat_ws(' ', nullif(first_name, ''), nullif(to_jsonb(l) ->> 'middle_name', ''),
           nullif(last_name, '')), ''), to_jsonb(l) ->> 'company_name'),
       phone, mobile, other_phone, to_jsonb(l) ->> 'company_phone', null,
       coalesce((select name from person where person.id = owner_id), owner_id::text), update_date,
       case when disqualified then 100 else 0 end
from crm_lead l

union all

select 'company', id, full_name, phone, null, null, null, null,
       coalesce((select name from person where person.id = owner_id), owner_id::text), update_date,
       case when active and (to_jsonb(o) ->> 'disqualified') is distinct from 'true' then 0 else 100 end
from crm_company o

union all

select 'user', user_id, coalesce((select name from person where person.id = user_id), ''), null, null, null, null, pbx_number, null, null, 0
from common_userprofile
where pbx_number <> ''
