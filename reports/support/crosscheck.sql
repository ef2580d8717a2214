-- Do the CDRs and the queue_log tell of the same calls? $1, $2 timestamptz: the window; $3 integer: the most visits
-- that are compared; beyond them both counts are NULL, because a report is not to wait for its remarks.
-- A visit in progress has no CDR yet: the PBX writes it at the end.
with visit as materialized (
    select pbx_id, callid, outcome
    from voip.queue_visit
    where entered_at >= $1::timestamptz and entered_at < $2::timestamptz and source = 'queue_log'
    limit $3::integer + 1
)
select
    case when (select count(*) from visit) <= $3::integer then (
        select count(distinct c.call_id)
        from voip.cdr as c
        where c.start_at >= $1::timestamptz and c.start_at < $2::timestamptz and c.lastapp = 'Queue'
            and exists (select from visit)
            and not exists (
                select from voip.queue_visit as v
                where v.callid in (c.uniqueid, c.linkedid) and v.pbx_id = c.pbx_id and v.source = 'queue_log')
            and not exists (
                select from voip.cdr as other
                join voip.queue_visit as v on v.callid = other.uniqueid and v.pbx_id = other.pbx_id
                where other.call_id = c.call_id and v.source = 'queue_log')
    ) end as calls_without_visit,
    case when (select count(*) from visit) <= $3::integer then (
        select count(*)
        from visit as v
        where v.outcome <> 'in_progress' and exists (
                select from voip.cdr where start_at >= $1::timestamptz and start_at < $2::timestamptz)
            and not exists (select from voip.cdr as c where c.uniqueid = v.callid and c.pbx_id = v.pbx_id)
            and not exists (select from voip.call as c where c.linkedid = v.callid and c.pbx_id = v.pbx_id)
    ) end as visits_without_cdr
