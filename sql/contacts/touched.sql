-- The numbers that contacts had which have changed or are gone, and all links of the numbers that may change.
analyze contact_stage;
analyze contact_gone;

insert into contact_number_touched
select k.number_e164
from voip.contact_number as k join (
    select contact_id from contact_gone
    union all
    select contact_id from contact_stage where contact_id is not null
) as c using (contact_id);

analyze contact_number_touched;

create temporary table contact_link_before on commit drop as
select number_e164, contact_id, priority, place
from voip.contact_number
where number_e164 in (select number_e164 from contact_number_touched);

analyze contact_link_before;
