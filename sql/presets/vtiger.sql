-- Vtiger CRM (MySQL or MariaDB): contacts, leads, organisations, and the users' extensions.
-- A converted lead ranks below every other record with its number: its contact is included anyway. Faxes and the
-- assistant's phone are left out.

select 'contact' as kind, c.contactid as id, concat_ws(' ', nullif(c.firstname, ''), nullif(c.lastname, '')) as name,
       c.phone, c.mobile, s.homephone as home_phone, s.otherphone as other_phone, null as extension,
       u.user_name as owner, e.modifiedtime as updated_at, 0 as priority
from vtiger_contactdetails c
     join vtiger_crmentity e on e.crmid = c.contactid and e.deleted = 0
     left join vtiger_contactsubdetails s on s.contactsubscriptionid = c.contactid
     left join vtiger_users u on u.id = e.smownerid

union all

select 'lead', l.leadid, coalesce(nullif(concat_ws(' ', nullif(l.firstname, ''), nullif(l.lastname, '')), ''), l.company),
       a.phone, a.mobile, null, null, null, u.user_name, e.modifiedtime, case when l.converted = 1 then 100 else 0 end
from vtiger_leaddetails l
     join vtiger_crmentity e on e.crmid = l.leadid and e.deleted = 0
     left join vtiger_leadaddress a on a.leadaddressid = l.leadid
     left join vtiger_users u on u.id = e.smownerid

union all

select 'company', o.accountid, o.accountname, o.phone, null, null, o.otherphone, null, u.user_name, e.modifiedtime, 0
from vtiger_account o
     join vtiger_crmentity e on e.crmid = o.accountid and e.deleted = 0
     left join vtiger_users u on u.id = e.smownerid

union all

select 'user', u.id, concat_ws(' ', nullif(u.first_name, ''), nullif(u.last_name, '')), null, u.phone_mobile, null, null,
       u.phone_crm_extension, u.user_name, null, case when u.status = 'Active' then 0 else 100 end
from vtiger_users u
where u.deleted = 0
