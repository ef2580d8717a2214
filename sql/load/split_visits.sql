-- Calls whose visits may belong together as parts of one visit that an attended transfer split, including all such
-- calls that are connected with a touched one, directly or through others. $1: PBX.
with recursive orphan as materialized (
    select callid, queue, entry_callid, entered_at
    from voip.queue_visit
    where pbx_id = $1 and source = 'queue_log' and entry_callid is not null
),
edge (one, other) as materialized (
    -- Joined by an earlier run …
    select callid, entry_callid from orphan where entry_callid <> ''
    union
    -- … or near enough to be joined: a beginning without an end.
    select o.callid, v.callid
    from orphan as o
    join voip.queue_visit as v
        on v.entered_at between o.entered_at - interval '2 seconds' and o.entered_at + interval '2 seconds'
        and lower(v.queue collate "C") = lower(o.queue collate "C")
        and v.callid <> o.callid and v.pbx_id = $1 and v.source = 'queue_log'
    where v.entry_callid is null and (v.left_at is null or v.outcome = 'unserved')
),
step (one, other) as materialized (
    select one, other from edge union select other, one from edge
),
split_call (callid) as (
    select one from step where one in (select callid from touched_callid)
    union
    select step.other from split_call join step on step.one = split_call.callid
)
select callid from split_call order by callid
