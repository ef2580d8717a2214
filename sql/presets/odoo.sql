-- Odoo (PostgreSQL): partners, people and companies, and the leads of the CRM app; without that app, leave them out.
-- phone_sanitized is E.164 already, but contains only one number of the record. Columns that not every version has are
-- read through to_jsonb. An archived record ranks below every other with the same number.

select case when p.is_company then 'company' else 'contact' end as kind, p.id, coalesce(p.name, '') as name,
       to_jsonb(p) ->> 'phone_sanitized' as phone_sanitized, p.phone, to_jsonb(p) ->> 'mobile' as mobile,
       u.login as owner, p.write_date as updated_at, case when p.active then 0 else 100 end as priority
from res_partner p left join res_users u on u.id = p.user_id
where not exists (select from res_users own where own.partner_id = p.id)

union all

select 'lead', l.id, coalesce(nullif(l.contact_name, ''), nullif(l.partner_name, ''), l.name),
       to_jsonb(l) ->> 'phone_sanitized', l.phone, to_jsonb(l) ->> 'mobile', u.login, l.write_date,
       case when l.active then 0 else 100 end
from crm_lead l left join res_users u on u.id = l.user_id

union all

select 'user', u.id, coalesce(p.name, u.login), to_jsonb(p) ->> 'phone_sanitized', p.phone, to_jsonb(p) ->> 'mobile', u.login,
       u.write_date, case when u.active then 0 else 100 end
from res_users u join res_partner p on p.id = u.partner_id
