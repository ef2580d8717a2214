create or replace view voip.lost_calls as
select l.pbx_id, p.name as pbx, l.call_id, l.queue, l.outcome, l.started_at, l.lost_at, l.wait_s, l.caller as caller_number,
    l.caller_e164, k.contact_id, k.kind as contact_kind, k.external_id as contact_external_id, k.name as contact_name,
    k.owner as contact_owner, r.at as reached_at, r.who as reached_by
from voip.lost_callers('-infinity', 'infinity') as l
left join voip.pbx as p on p.pbx_id = l.pbx_id
left join voip.contact_number as n on n.number_e164 = l.caller_e164 and n.place = 0
left join voip.contact as k on k.contact_id = n.contact_id
left join lateral (
    select spoken.at, spoken.who
    from (
        (
            select coalesce(c.answered_at, c.started_at) as at, coalesce(c.agent, c.extension) as who
            from voip.call as c
            where c.customer_e164 collate "C" = any(voip.caller_forms(l.caller_e164)) and c.started_at >= l.lost_at
                and c.disposition = 'answered'
                and (c.direction = 'outbound' or coalesce(c.agent, c.extension) is not null)
            order by c.started_at
            limit 1
        )
        union all
        (
            -- A number without an E.164 form, as written.
            select coalesce(c.answered_at, c.started_at), coalesce(c.agent, c.extension)
            from voip.call as c
            where l.caller_e164 is null and l.caller <> '' and c.customer_e164 is null and c.customer = l.caller
                and right(coalesce(c.customer_e164 collate "C", c.customer), 4) = right(l.caller, 4)
                and coalesce(c.customer_e164 collate "C", c.customer) is not null
                and c.started_at >= l.lost_at and c.disposition = 'answered'
                and (c.direction = 'outbound' or coalesce(c.agent, c.extension) is not null)
            order by c.started_at
            limit 1
        )
        union all
        -- The same call continued, to a phone or in another queue.
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

comment on view voip.lost_calls is 'One row for each caller who left a queue without an answer, and for each inbound call without a queue that nobody answered. Filter by started_at.';
comment on column voip.lost_calls.pbx_id is 'Number of the PBX.';
comment on column voip.lost_calls.pbx is 'Name of the PBX in the configuration.';
comment on column voip.lost_calls.call_id is 'The call: voip.calls.call_id; NULL until a leg of it is loaded.';
comment on column voip.lost_calls.queue is 'The queue; NULL for a call that entered none.';
comment on column voip.lost_calls.outcome is 'For a queue visit: abandoned, timed_out, exit_key, exit_empty, withdrawn or unserved; for a call without one: no_answer, busy or failed.';
comment on column voip.lost_calls.started_at is 'When the caller entered the queue, or the call began.';
comment on column voip.lost_calls.lost_at is 'When the caller was lost.';
comment on column voip.lost_calls.wait_s is 'How long the caller waited, in seconds; NULL while unknown.';
comment on column voip.lost_calls.caller_number is 'The caller''s number as the PBX wrote it; NULL if withheld.';
comment on column voip.lost_calls.caller_e164 is 'The same as E.164.';
comment on column voip.lost_calls.contact_id is 'The contact that has the number: voip.contacts.contact_id.';
comment on column voip.lost_calls.contact_kind is 'The CRM''s kind of contact.';
comment on column voip.lost_calls.contact_external_id is 'The CRM''s own id of the contact.';
comment on column voip.lost_calls.contact_name is 'The contact''s name.';
comment on column voip.lost_calls.contact_owner is 'Who is responsible for the contact.';
comment on column voip.lost_calls.reached_at is 'When somebody first spoke to this number afterwards, whichever side called; NULL if nobody has.';
comment on column voip.lost_calls.reached_by is 'Who spoke to them: agent or extension.';
