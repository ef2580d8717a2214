-- A matched or ambiguous call is linked to a contact that exists, and any other call to none.
select c.pbx_id, c.call_id, c.match, c.contact_id, k.contact_id as leads_to
from voip.call as c left join voip.contact as k on k.contact_id = c.contact_id
where c.contact_id is not null and k.contact_id is null
    or (c.contact_id is not null) <> coalesce(c.match in ('matched', 'ambiguous'), false)
    or c.match is not null and c.customer_e164 is null
