-- A call is linked to the contact that the tie-break puts first among those that have its customer's number.
select c.pbx_id, c.call_id, c.match, c.contact_id, n.contact_id as first_contact, n.candidates
from voip.call as c
left join (
         select number_e164, min(contact_id) filter (where place = 0) as contact_id, count(*) as candidates
         from voip.contact_number group by number_e164
     ) as n on n.number_e164 = c.customer_e164
where c.customer_e164 is not null
    and (c.contact_id, c.match) is distinct from
      (n.contact_id, case coalesce(n.candidates, 0) when 0 then 'unmatched' when 1 then 'matched' else 'ambiguous' end)
