-- Calls, the newest first. A parameter that is NULL does not restrict the result, and an empty array matches nothing.
-- $1: call_id; $2: PBX. A number: $3: E.164; $4: extension or outside number as the PBX wrote it; $5: our numbers; $6:
-- patterns of an outside number. $7: contact_id; $8: agents as logged; $9: their extensions; $10: queue; $11:
-- direction; $12: disposition; $13: part of a recording's name; $14, $15: from and up to; $16: how many; $17: only
-- calls after this one in the list.
-- Expressions with "collate" match those of indexes, which are built faster with it.
with found as (
    select c.call_id
    from voip.calls as c
    where ($1::bigint[] is null or c.call_id = any($1))
        and ($2::text is null or c.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $2))
        -- As in of_number.sql, for a number that has very many calls.
        and (
            $3::text[] is null
            or c.customer_e164 = any($3)
            or c.extension collate "C" = any($4::text[])
            or c.did collate "C" = any($5::text[])
            or c.customer_number = any($4)
            or coalesce(c.customer_e164, c.customer_number) like any($6::text[]))
        and ($7::bigint[] is null or c.contact_id = any($7))
        and (
            $8::text[] is null
            or c.agent collate "C" = any($8)
            or c.extension collate "C" = any($9::text[]))
        and (
            $10::text is null
            or c.queue_visit_count > 0 and exists (
                select 1
                from voip.queue_visits as v
                where v.call_id = c.call_id and lower(v.queue collate "C") = lower($10::text collate "C")
                -- Evaluated for each call in turn: the server must not collect all visits of the queue first.
                offset 0))
        and ($11::text is null or c.direction = $11)
        and ($12::text is null or c.disposition = $12)
        and ($13::text is null or strpos(c.recording_file, $13) > 0)
        and ($14::timestamptz is null or c.started_at >= $14)
        and ($15::timestamptz is null or c.started_at < $15)
        and (
            $17::bigint is null
            or (c.started_at, c.call_id) < (select k.started_at, k.call_id from voip.calls as k where k.call_id = $17))
    order by c.started_at desc, c.call_id desc
    limit $16
)
-- Contacts are looked up for the calls that are shown, not for all calls found.
select c.call_id, c.pbx, c.linkedid, extract(epoch from c.started_at)::bigint as started,
    extract(epoch from c.answered_at)::bigint as answered, extract(epoch from c.ended_at)::bigint as ended, c.direction,
    c.disposition, c.customer_number, c.customer_e164, c.contact_match, c.contact_kind, c.contact_external_id, c.contact_name,
    c.contact_owner, c.did, c.extension, c.agent, c.queue, c.duration_s, c.ring_s, c.wait_s, c.talk_s, c.transfer_count,
    c.leg_count, c.queue_visit_count, c.recording_file
from voip.calls as c
where c.call_id in (select f.call_id from found as f)
order by c.started_at desc, c.call_id desc
