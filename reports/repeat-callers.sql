-- title: Repeat callers
-- description: Outside numbers that called at least twice in the window, the most frequent first: one row per PBX and caller.
-- parameter: window_from timestamptz: First moment of the window.
-- parameter: window_to timestamptz: First moment after the window.
-- parameter: timezone text: IANA name of the zone of days.
-- parameter: pbx text = null: Only this PBX.
-- parameter: least integer = 2: Only callers with at least this many inbound calls.
-- shown: caller, calls, lost, days, contact_name, owner, last_call_at, answered, first_call_at
-- column: caller text: The number as the PBX wrote it last.
-- column: caller_e164 text "international number": The number as E.164.
-- column: contact_kind text "kind of contact": The CRM's kind of contact.
-- column: contact_id text "contact id": The CRM's own id.
-- column: contact_name text "contact": The contact's name.
-- column: owner text: Who is responsible for the contact.
-- column: calls integer: Inbound calls from the number.
-- column: answered integer: Those that somebody answered.
-- column: lost integer "not answered": The others.
-- column: days integer: Local days with such a call.
-- column: first_call_at timestamp "first call": The first of them.
-- column: last_call_at timestamp "last call": The last of them.
-- column: timezone text: Zone of the days.
-- column: pbx text "PBX": The PBX of the calls.
-- check: calls = answered + lost
with caller as (
    select pbx_id, voip.caller_key(customer_e164, customer) as key, count(*) as calls,
        count(*) filter (where disposition = 'answered') as answered,
        count(distinct (started_at at time zone :timezone)::date) as days, min(started_at) as first_at, max(started_at) as last_at,
        (array_agg(customer order by started_at desc, call_id desc))[1] as caller, max(customer_e164) as e164
    from voip.call
    where started_at >= :window_from and started_at < :window_to
        and (:pbx is null or pbx_id = (select pbx_id from voip.pbx where name = :pbx)) and direction = 'inbound' and voip.caller_key(customer_e164, customer) <> ''
    group by 1, 2
    having count(*) >= :least
)
select c.caller, c.e164 as caller_e164, k.kind as contact_kind, k.external_id as contact_id, k.name as contact_name, k.owner,
    c.calls, c.answered, c.calls - c.answered as lost, c.days, c.first_at as first_call_at, c.last_at as last_call_at,
    :timezone as timezone, b.name as pbx
from caller as c
join voip.pbx as b on b.pbx_id = c.pbx_id
left join voip.contact_number as n on n.number_e164 = c.e164 and n.place = 0
left join voip.contact as k on k.contact_id = n.contact_id
order by c.calls desc, c.last_at desc, c.key, b.name
