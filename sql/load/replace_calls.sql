-- Calls make room for their new rows. One that has another name now keeps the former one as an alias, under which a late
-- leg may know it.
-- $1: calls; $2: their new names.
with gone as (
    delete from voip.call c
    using unnest($1::bigint[], $2::text[]) as n (call_id, name)
    where c.call_id = n.call_id
    returning c.linkedid, c.pbx_id, c.call_id, n.name
)
insert into voip.call_alias (linkedid, pbx_id, call_id)
select linkedid, pbx_id, call_id from gone where linkedid not in (name, 'call-' || call_id)
on conflict (linkedid, pbx_id) do update set call_id = excluded.call_id
