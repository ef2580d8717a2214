-- Which interface stands behind a member's name: the phone that was answered when the log says CONNECT.
-- $1: PBX.
insert into voip.agent (pbx_id, agent, interface, extension)
select distinct on (agent)
    $1::smallint, agent, interface, substring(split_part(interface, '/', 2) from '^[0-9]+(?=$|@)')
from (
    select
        e.agent,
        regexp_replace(c.dstchannel, '-[0-9a-fA-F]+(;[12])?$', '') as interface,
        count(*) as calls
    from touched_callid t
    join voip.queue_event e on e.callid = t.callid and e.pbx_id = $1 and e.event = 'CONNECT'
    join voip.cdr c on c.uniqueid = e.callid and c.pbx_id = e.pbx_id
    where e.agent is not null
      and c.lastapp = 'Queue' and c.disposition = 'ANSWERED' and c.dstchannel is not null
      and e.at between c.start_at and c.end_at
    group by 1, 2
) seen
order by agent, calls desc, interface
on conflict (pbx_id, agent) do update
    set interface = excluded.interface, extension = excluded.extension
    where (agent.interface, agent.extension) is distinct from (excluded.interface, excluded.extension)
returning agent, interface
