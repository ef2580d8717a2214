-- Pairs of calls whose visits may belong together as parts of one visit that an attended transfer split. $1: PBX.
insert into split_edge (one, other)
with orphan as materialized (
    select callid, queue, entry_callid, entered_at
    from voip.queue_visit
    where pbx_id = $1 and source = 'queue_log' and entry_callid is not null
)
-- Joined by an earlier run …
select callid, entry_callid from orphan where entry_callid <> ''
union
-- … or near enough to be joined: a beginning that has no end.
select o.callid, v.callid
from orphan as o
join voip.queue_visit as v
    on v.entered_at between o.entered_at - interval '2 seconds' and o.entered_at + interval '2 seconds'
    and lower(v.queue collate "C") = lower(o.queue collate "C")
    and v.callid <> o.callid and v.pbx_id = $1 and v.source = 'queue_log'
where v.entry_callid is null and (v.left_at is null or v.outcome = 'unserved')
