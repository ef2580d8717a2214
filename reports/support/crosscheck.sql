-- Whether the CDRs and the queue_log have the same calls. $1, $2 timestamptz: the window; $3 integer: the most visits
-- to compare; if there are more, both counts are NULL, because a report should not wait for its notes; $4 text: a PBX
-- or NULL. A visit in progress has no CDR yet: the PBX writes it at the end.
with visit as materialized (
    select pbx_id
    from voip.queue_visit
    where entered_at >= $1::timestamptz and entered_at < $2::timestamptz and source = 'queue_log'
        and ($4::text is null or pbx_id = (select pbx_id from voip.pbx where name = $4))
    limit $3::integer + 1
),
leg as materialized (
    select 1 from voip.cdr where start_at >= $1::timestamptz and start_at < $2::timestamptz limit 1
),
unvisited as (
    select count(distinct c.call_id) as calls
    from voip.cdr as c
    where c.start_at >= $1::timestamptz and c.start_at < $2::timestamptz and c.lastapp = 'Queue'
        and ($4::text is null or c.pbx_id = (select pbx_id from voip.pbx where name = $4))
        and not exists (
            select 1 from voip.queue_visit as v
            where v.call_id = c.call_id and v.pbx_id = c.pbx_id and v.source = 'queue_log')
        and not exists (
            select 1 from voip.queue_visit as v
            where v.callid = c.linkedid and v.pbx_id = c.pbx_id and v.source = 'queue_log')
),
unrecorded as (
    select count(*) as visits
    from voip.queue_visit as v
    where v.entered_at >= $1::timestamptz and v.entered_at < $2::timestamptz and v.source = 'queue_log'
        and ($4::text is null or v.pbx_id = (select pbx_id from voip.pbx where name = $4))
        and v.outcome <> 'in_progress' and v.call_id is null
        and not exists (select 1 from voip.call as c where c.linkedid = v.callid and c.pbx_id = v.pbx_id)
)
select
    case
        when (select count(*) from visit) = 0 then 0
        when (select count(*) from visit) <= $3::integer then (select calls from unvisited)
    end as calls_without_visit,
    case
        when (select count(*) from leg) = 0 and (select count(*) from visit) <= $3::integer then 0
        when (select count(*) from visit) <= $3::integer then (select visits from unrecorded)
    end as visits_without_cdr
