-- Relinks the calls of the numbers that changed, however old they are, to the contact that now has the number.

-- A join and not `exists`, which a Citus cluster does not plan with a temporary table outside.
with called as (
    select distinct d.number_e164
    from (select number_e164 from contact_number_changed) as d
    join voip.call as c on c.customer_e164 collate "C" = d.number_e164
), state as (
    select d.number_e164, min(k.contact_id) filter (where k.place = 0) as contact_id, count(k.contact_id) as candidates
    from called as d left join voip.contact_number as k using (number_e164)
    group by d.number_e164
)
update voip.call as c
set contact_id = s.contact_id,
    match = case s.candidates when 0 then 'unmatched' when 1 then 'matched' else 'ambiguous' end
from state as s
where c.customer_e164 collate "C" = s.number_e164
    and (c.contact_id, c.match) is distinct from
      (s.contact_id, case s.candidates when 0 then 'unmatched' when 1 then 'matched' else 'ambiguous' end);
