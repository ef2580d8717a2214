-- title: Lost visits
-- description: Every caller who left a queue without an answer or reached nobody: who they are, how often they tried, and whether anybody has spoken to them since. One row per lost visit, or per lost call without a visit.
-- parameter: window_from timestamptz: First moment of the window.
-- parameter: window_to timestamptz: First moment after the window.
-- parameter: timezone text: IANA name of the zone that times are shown in.
-- parameter: queue text = null: Only this queue.
-- parameter: pbx text = null: Only this PBX.
-- parameter: short_abandon integer = 5: Abandons shorter than this are listed as abandoned_short.
-- parameter: overrides jsonb = {}: By queue name: short_abandon.
-- main: lost_at, status, caller, contact_name, queue, outcome, wait_s, called_back_by, called_back_at
-- column: lost_at timestamp: When the caller was lost; the visit began inside the window.
-- column: timezone text: Zone of the times.
-- column: queue text: The queue; empty if the call entered none.
-- column: outcome text: abandoned, abandoned_short, timed_out, exit_key, exit_empty, withdrawn or unserved; without a visit to a queue no_answer, busy or failed.
-- column: wait_s duration "wait": How long the caller waited; empty while unknown.
-- column: caller text: The number as the PBX wrote it.
-- column: caller_e164 text "international number": The number as E.164.
-- column: contact_kind text "kind of contact": The CRM's kind of contact: contact, lead, company ...
-- column: contact_id text "contact id": The CRM's own id: contact_external_id of the view voip.lost_calls.
-- column: contact_name text "contact": The contact's name.
-- column: owner text: Who is responsible for the contact.
-- column: attempts integer "tries": Calls from this number that were lost in the window, including this one.
-- column: called_back_at timestamp: The first answered call to the number since, or the moment when they got through themselves.
-- column: called_back_by text: The agent or extension that spoke to them.
-- column: callback_delay_s duration "delay": called_back_at - lost_at.
-- column: status text: open: nobody has called back; attempted: called back, not reached; called_back: reached; got_through: they called again and got through; no_number: cannot be called back.
-- column: pbx text "PBX": The PBX of the call.
-- column: linkedid text "call id": The id of the call, as accepted by `crm-voip call`; that of the visit until a leg of the call is loaded.
with spelling as (
    -- If a queue has two spellings, the one used by more visits is shown.
    select pbx_id, queue as spelled,
        first_value(queue) over (
            partition by pbx_id, voip.queue_key(queue) order by logged desc, visits desc, queue) as queue
    from (
        select pbx_id, queue, count(*) filter (where source = 'queue_log') as logged, count(*) as visits
        from voip.queue_visit
        where entered_at >= :window_from and entered_at < :window_to
        group by 1, 2
    ) as visit
),
lost as (
    select row_number() over (order by l.lost_at, l.pbx_id, l.callid, l.call_id, l.queue, l.started_at) as id,
        l.pbx_id, l.callid, l.call_id, l.queue,
        case
            when l.outcome = 'abandoned'
                and l.wait_s < coalesce(
                    (:overrides -> voip.queue_key(l.queue) ->> 'short_abandon')::integer, :short_abandon)
                then 'abandoned_short'
            else l.outcome
        end as outcome,
        l.started_at as entered_at, l.lost_at, l.wait_s, l.caller, l.caller_e164,
        voip.caller_key(l.caller_e164, l.caller) as number
    from voip.lost_callers(:window_from, :window_to) as l
),
tried as (
    select number, count(*) as attempts
    from (
        -- A call by its number, or before it has one by its id in the log.
        select distinct number, call_id, case when call_id is null then pbx_id end, case when call_id is null then callid end
        from lost
        where number <> ''
    ) as call
    group by number
),
contact as (
    -- One contact for each number: the one to which its calls are linked.
    select n.number_e164, c.kind, c.external_id, c.name, c.owner
    from voip.contact_number as n
    join voip.contact as c using (contact_id)
    where n.place = 0 and n.number_e164 in (select caller_e164 from lost)
),
number as materialized (
    select number, row_number() over () as no from (select distinct number from lost where number <> '') as known
),
-- The numbers to which somebody has spoken since: each list is made once, for all lost callers.
reached as materialized (
    select n.no, s.begun, s.at, s.who, s.status, s.is_visit
    from number as n
    join (
        -- Somebody called them and they answered.
        select voip.caller_key(c.customer_e164, c.customer) as number, c.started_at as begun, c.started_at as at,
            coalesce(c.agent, c.extension) as who, 'called_back' as status, false as is_visit
        from voip.call as c
        where c.started_at >= :window_from and c.direction = 'outbound' and c.disposition = 'answered'
        union all
        -- They called again and somebody answered, in a queue or without one.
        select voip.caller_key(v.caller_e164, v.caller), v.entered_at, v.connected_at, v.agent, 'got_through', true
        from voip.queue_visit as v
        where v.entered_at >= :window_from and v.outcome = 'answered' and v.connected_at is not null
            and v.source = 'queue_log'
        union all
        select voip.caller_key(c.customer_e164, c.customer), c.started_at, c.answered_at, coalesce(c.agent, c.extension),
            'got_through', false
        from voip.call as c
        where c.started_at >= :window_from and c.direction = 'inbound' and c.disposition = 'answered'
            and coalesce(c.agent, c.extension) is not null and c.answered_at is not null
    ) as s on s.number = n.number
),
-- When somebody first spoke to a caller after the call was lost: reading backwards in time, the smallest moment so far.
next as (
    select id, no, entered_at, lost_at, first_at
    from (
        select id, no, entered_at, lost_at,
            min(at) over (partition by no order by moment desc, id nulls first rows unbounded preceding) as first_at
        from (
            select no, least(at, begun) as moment, at, null as id, null as entered_at, null as lost_at from reached
            union all
            select n.no, l.lost_at, null, l.id, l.entered_at, l.lost_at from lost as l join number as n using (number)
        ) as timeline
    ) as seen
    where id is not null
),
spoken as (
    select n.id, r.at, r.who, r.status
    from next as n
    join reached as r on r.no = n.no and r.at = n.first_at
        and r.begun >= case when r.is_visit then n.entered_at else n.lost_at end
    union all
    -- A visit may have begun while the other one lasted; an overlapping call is this one, or that is unknown.
    select n.id, r.at, r.who, r.status
    from next as n
    cross join generate_series(
        floor(date_part('epoch', n.entered_at) / 3600)::bigint, floor(date_part('epoch', n.lost_at) / 3600)::bigint) as hour
    join reached as r on r.no = n.no and floor(date_part('epoch', r.begun) / 3600)::bigint = hour
        and r.begun >= n.entered_at and r.begun < n.lost_at and r.at >= n.lost_at
    where r.is_visit
    union all
    -- The same call continued, to a phone or in another queue; this also finds callers without a number.
    select l.id, c.answered_at, coalesce(c.agent, c.extension), 'got_through'
    from lost as l
    join voip.call as c on c.call_id = l.call_id
    where c.disposition = 'answered' and coalesce(c.agent, c.extension) is not null and c.answered_at >= l.lost_at
    union all
    select l.id, v.connected_at, v.agent, 'got_through'
    from lost as l
    join voip.queue_visit as v on v.call_id = l.call_id
    where v.outcome = 'answered' and v.connected_at >= l.lost_at
    union all
    -- Without legs, only the visits of the call are known.
    select l.id, v.connected_at, v.agent, 'got_through'
    from lost as l
    join voip.queue_visit as v on v.callid = l.callid and v.pbx_id = l.pbx_id
    where l.call_id is null and v.outcome = 'answered' and v.connected_at >= l.lost_at
),
first_spoken as (
    select distinct on (id) id, at, who, status
    from spoken
    order by id, at, status, who
),
-- When somebody last tried to call them.
called as (
    select voip.caller_key(customer_e164, customer) as number, max(started_at) as last_at
    from voip.call
    where started_at >= :window_from and direction = 'outbound'
    group by 1
)
select
    l.lost_at,
    :timezone as timezone,
    coalesce(q.queue, l.queue) as queue,
    l.outcome,
    l.wait_s,
    l.caller,
    l.caller_e164,
    k.kind as contact_kind,
    k.external_id as contact_id,
    k.name as contact_name,
    k.owner,
    coalesce(t.attempts, 1) as attempts,
    s.at as called_back_at,
    s.who as called_back_by,
    round(extract(epoch from s.at - l.lost_at)) as callback_delay_s,
    case
        when s.at is not null then s.status
        when coalesce(l.number, '') = '' then 'no_number'
        when d.last_at >= l.lost_at then 'attempted'
        else 'open'
    end as status,
    b.name as pbx,
    coalesce(o.linkedid, l.callid) as linkedid
from lost as l
left join tried as t using (number)
left join contact as k on k.number_e164 = l.caller_e164
left join first_spoken as s using (id)
left join called as d using (number)
left join spelling as q on q.pbx_id = l.pbx_id and q.spelled = l.queue
left join voip.pbx as b on b.pbx_id = l.pbx_id
left join voip.call as o on o.call_id = l.call_id and o.pbx_id = l.pbx_id
where (:queue is null or voip.queue_key(l.queue) = voip.queue_key(:queue)) and (:pbx is null or b.name = :pbx)
order by l.lost_at, l.queue nulls last, l.caller, l.id
