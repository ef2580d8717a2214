-- Removes the contacts of a number ($1: its E.164 forms), relinks the calls of their other numbers to the contacts that
-- now have them, and closes gaps in the places of contacts that shared a number with them.
with gone as (
    delete from voip.contact as k
    where k.contact_id in (select n.contact_id from voip.contact_number as n where n.number_e164 = any($1))
    returning k.contact_id
),
numbers as (
    select distinct n.number_e164
    from voip.contact_number as n
    join gone using (contact_id)
),
-- The following parts see the tables as they were before the removal.
places as (
    select
        n.number_e164,
        n.contact_id,
        row_number() over (partition by n.number_e164 order by n.place) - 1 as place,
        count(*) over (partition by n.number_e164) as candidates
    from voip.contact_number as n
    join numbers using (number_e164)
    where n.contact_id not in (select contact_id from gone)
),
placed as (
    update voip.contact_number as n
    set place = least(p.place, 32767)
    from places as p
    where p.number_e164 = n.number_e164 and p.contact_id = n.contact_id and n.place <> least(p.place, 32767)
),
linked as (
    update voip.call as c
    set contact_id = p.contact_id,
        match = case coalesce(p.candidates, 0) when 0 then 'unmatched' when 1 then 'matched' else 'ambiguous' end
    from numbers as n
    left join places as p on p.number_e164 = n.number_e164 and p.place = 0
    where c.customer_e164 = n.number_e164
)
select count(*) from gone
