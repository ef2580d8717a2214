create or replace view voip.lost_calls as
with lost as (
    select v.pbx_id, v.call_id, v.callid, v.queue, v.outcome, v.entered_at as started_at,
        coalesce(v.left_at, v.entered_at + coalesce(v.wait_s, 0) * interval '1 second') as lost_at, v.wait_s,
        v.caller as caller_number, v.caller_e164
    from voip.counted_visits('-infinity', 'infinity') as v
    where v.outcome in ('abandoned', 'timed_out', 'exit_key', 'exit_empty', 'withdrawn', 'unserved')
    union all
    -- Inbound calls that nobody answered and that have no visit: they saw no queue, or one that was full or empty, of
    -- which only the legs tell.
    select c.pbx_id, c.call_id, null, c.queue, c.disposition, c.started_at, c.ended_at, c.wait_s, c.customer,
        c.customer_e164
    from voip.call as c
    where c.direction = 'inbound' and c.disposition <> 'answered'
        and (
            c.wait_source is null
            or c.wait_source = 'cdr' and (c.pbx_id, voip.queue_key(c.queue)) in (
                select l.pbx_id, voip.queue_key(l.queue) from voip.queue_visit as l where l.source = 'queue_log'))
)
select l.pbx_id, p.name as pbx, l.call_id, l.queue, l.outcome, l.started_at, l.lost_at, l.wait_s, l.caller_number,
    l.caller_e164, k.contact_id, k.kind as contact_kind, k.external_id as contact_external_id, k.name as contact_name,
    k.owner as contact_owner, r.at as reached_at, r.who as reached_by
from lost as l
left join voip.pbx as p on p.pbx_id = l.pbx_id
left join voip.contact_number as n on n.number_e164 = l.caller_e164 and n.place = 0
left join voip.contact as k on k.contact_id = n.contact_id
left join lateral (
    select spoken.at, spoken.who
    from (
        (
            select coalesce(c.answered_at, c.started_at) as at, coalesce(c.agent, c.extension) as who
            from voip.call as c
            where c.customer_e164 collate "C" = l.caller_e164 and c.started_at >= l.lost_at and c.disposition = 'answered'
                and (c.direction = 'outbound' or coalesce(c.agent, c.extension) is not null)
            order by c.started_at
            limit 1
        )
        union all
        -- The same call went on, to a phone or into another queue.
        select c.answered_at, coalesce(c.agent, c.extension)
        from voip.call as c
        where c.call_id = l.call_id and c.disposition = 'answered' and c.answered_at >= l.lost_at
            and coalesce(c.agent, c.extension) is not null
        union all
        select v.connected_at, v.agent
        from voip.queue_visit as v
        where v.callid = l.callid and v.pbx_id = l.pbx_id and v.outcome = 'answered' and v.connected_at >= l.lost_at
    ) as spoken
    order by spoken.at
    limit 1
) as r on true;

comment on view voip.lost_calls is 'One row per caller who left a queue unserved, and per inbound call without a queue that nobody answered. Filter by started_at.';
comment on column voip.lost_calls.pbx_id is 'Number of the PBX.';
comment on column voip.lost_calls.pbx is 'Name of the PBX in the configuration.';
comment on column voip.lost_calls.call_id is 'The call: voip.calls.call_id; NULL while no leg of it is loaded.';
comment on column voip.lost_calls.queue is 'The queue; NULL for a call that saw none.';
comment on column voip.lost_calls.outcome is 'Of a queue visit: abandoned, timed_out, exit_key, exit_empty, withdrawn or unserved; of a call without one: no_answer, busy or failed.';
comment on column voip.lost_calls.started_at is 'When the caller entered the queue, or the call began.';
comment on column voip.lost_calls.lost_at is 'When the caller was lost.';
comment on column voip.lost_calls.wait_s is 'How long the caller waited, in seconds; NULL while unknown.';
comment on column voip.lost_calls.caller_number is 'The caller''s number as the PBX wrote it; NULL if withheld.';
comment on column voip.lost_calls.caller_e164 is 'The same as E.164.';
comment on column voip.lost_calls.contact_id is 'The contact that has the number: voip.contacts.contact_id.';
comment on column voip.lost_calls.contact_kind is 'What the CRM calls the contact.';
comment on column voip.lost_calls.contact_external_id is 'The CRM''s own id of the contact.';
comment on column voip.lost_calls.contact_name is 'The contact''s name.';
comment on column voip.lost_calls.contact_owner is 'Whose contact it is.';
comment on column voip.lost_calls.reached_at is 'When somebody first spoke to this number afterwards, whoever called; NULL if nobody has.';
comment on column voip.lost_calls.reached_by is 'Who spoke to them: agent or extension.';
