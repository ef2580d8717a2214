-- A call's visits to a queue are numbered 1, 2, 3 … in the order in which it entered.
select pbx_id, callid, queue, entry, source, entered_at
from (
    select v.*, row_number() over (partition by pbx_id, callid, lower(queue collate "C"), source order by entry) as expected,
           lag(entered_at) over (partition by pbx_id, callid, lower(queue collate "C"), source order by entry) as entered_before
    from voip.queue_visit as v
) as v
where entry <> expected or entered_at < entered_before
