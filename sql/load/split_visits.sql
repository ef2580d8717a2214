-- Calls that are connected with a touched one, directly or through others, by the pairs of split_edges.sql.
with recursive step (one, other) as materialized (
    select one, other from split_edge union select other, one from split_edge
),
split_call (callid) as (
    select one from step where one in (select callid from touched_callid)
    union
    select step.other from split_call join step on step.one = split_call.callid
)
select callid from split_call order by callid
