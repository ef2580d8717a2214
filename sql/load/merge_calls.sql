-- Merges calls that turned out to be parts of others: moves their legs, visits and aliases, and deletes their rows.
-- $1: the parts; $2: what they are part of, in the same order. Returns the parts that were calls, with their match.
with parts as (
    select * from unnest($1::bigint[], $2::bigint[]) as p (part, whole)
),
moved as (
    update voip.cdr as c set call_id = p.whole from parts as p where c.call_id = p.part
),
renamed as (
    update voip.call_alias as a set call_id = p.whole from parts as p where a.call_id = p.part
),
visited as (
    update voip.queue_visit as v set call_id = p.whole from parts as p where v.call_id = p.part
),
gone as (
    delete from voip.call as c using parts as p where c.call_id = p.part returning c.linkedid, c.pbx_id, c.match, p.part, p.whole
),
-- A late leg may refer to the call by its former linkedid.
known as (
    insert into voip.call_alias (linkedid, pbx_id, call_id)
    select linkedid, pbx_id, whole from gone where linkedid <> 'call-' || part
    on conflict (linkedid, pbx_id) do nothing
)
select part, match from gone
