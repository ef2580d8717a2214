-- Calls, the newest first. A parameter that is NULL asks for nothing.
-- $1: call_id; $2: PBX; $3: numbers as E.164; $4: digits of an extension, of a number of ours or at the end of a number; $5, $6: kind
-- and id of a contact in the CRM; $7: agents as logged; $8: their extensions; $9: queue; $10: direction; $11: disposition;
-- $12: part of a recording's name; $13, $14: from and up to; $15: how many.
select c.call_id, p.name as pbx, c.linkedid, extract(epoch from c.started_at)::bigint as started,
    extract(epoch from c.answered_at)::bigint as answered, extract(epoch from c.ended_at)::bigint as ended, c.direction,
    c.disposition, c.customer, c.customer_e164, c.match, o.kind, o.external_id, o.name, o.owner, c.did, c.extension, c.agent,
    c.queue, c.duration_s, c.ring_s, c.wait_s, c.talk_s, c.transfers, c.legs, c.queues, c.recordingfile
from voip.call as c
left join voip.pbx as p on p.pbx_id = c.pbx_id
left join voip.contact as o on o.contact_id = c.contact_id
where ($1::bigint[] is null or c.call_id = any ($1))
    and ($2::text is null or c.pbx_id = (select p.pbx_id from voip.pbx as p where p.name = $2))
    and ($3::text[] is null or c.customer_e164 = any ($3))
    and ($4::text is null or c.extension = $4 or c.did = $4 or c.customer_e164 like '%' || $4 or c.customer like '%' || $4)
    and ($6::text is null or c.customer_e164 = any (array(
        select n.number_e164
        from voip.contact as k
        join voip.contact_number as n on n.contact_id = k.contact_id
        where k.external_id = $6 and ($5::text is null or k.kind = $5)
    )))
    and ($7::text[] is null or c.agent = any ($7) or c.extension = any ($8))
    and ($9::text is null or c.queues > 0 and exists (
        select
        from voip.cdr as l
        join voip.queue_visit as v on v.callid = l.uniqueid and v.pbx_id = l.pbx_id
        where l.call_id = c.call_id and lower(v.queue collate "C") = lower($9::text collate "C")
    ))
    and ($10::text is null or c.direction = $10)
    and ($11::text is null or c.disposition = $11)
    and ($12::text is null or strpos(c.recordingfile, $12) > 0)
    and ($13::timestamptz is null or c.started_at >= $13)
    and ($14::timestamptz is null or c.started_at < $14)
order by c.started_at desc, c.call_id desc
limit $15
