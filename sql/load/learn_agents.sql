-- Which interface stands behind a member's name: the phone that was answered when the log says CONNECT, the last time
-- that it did. The order in which calls are loaded does not matter.
-- $1: PBX.
insert into voip.agent as known (pbx_id, agent, interface, extension, learned_at)
select distinct on (agent)
    $1::smallint, agent, interface, substring(split_part(interface, '/', 2) from '^[0-9]+(?=$|@)'), at
from (
    select e.agent, regexp_replace(c.dstchannel, '-[0-9a-fA-F]+(;[12])?$', '') as interface, e.at
    from (select distinct callid from touched_callid) t
    join voip.queue_event e on e.callid = t.callid and e.pbx_id = $1 and e.event = 'CONNECT'
    join voip.cdr c on c.uniqueid = e.callid and c.pbx_id = e.pbx_id
    where e.agent is not null
      and c.lastapp = 'Queue' and c.disposition = 'ANSWERED' and c.dstchannel is not null
      and e.at between c.start_at and c.end_at
) seen
order by agent, at desc, interface
on conflict (pbx_id, agent) do update
    set interface = excluded.interface, extension = excluded.extension, learned_at = excluded.learned_at
    where known.learned_at is not null
      and (excluded.learned_at > known.learned_at
        or excluded.learned_at = known.learned_at and excluded.interface < known.interface)
returning agent, interface
