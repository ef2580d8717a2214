-- The interface that belongs to a member's name: the phone that was answered when the log says CONNECT. People move, so
-- the latest sighting counts.
-- $1: PBX; $2: calls.
insert into voip.agent as known (pbx_id, agent, interface, extension, seen_at)
select distinct on (agent)
    $1::smallint, agent, interface, substring(split_part(interface, '/', 2) from '^[0-9]+(?=$|@)'), connected_at
from (
    select
        v.agent, v.connected_at, c.start_at,
        regexp_replace(c.dstchannel, '-[0-9a-fA-F]+(;[12])?$', '') as interface
    from voip.cdr as c
    join voip.queue_visit as v on v.callid = c.uniqueid and v.pbx_id = c.pbx_id and v.source = 'queue_log'
    where c.call_id = any($2)
      and c.pbx_id = $1::smallint and c.lastapp = 'Queue' and c.disposition = 'ANSWERED' and c.dstchannel is not null
      and v.agent is not null and v.connected_at between c.start_at and c.end_at
) as seen
order by agent, connected_at desc, start_at desc, interface
on conflict (pbx_id, agent) do update
    set (interface, extension, seen_at) = (excluded.interface, excluded.extension, excluded.seen_at)
    where known.seen_at is null or known.seen_at < excluded.seen_at
       or known.seen_at = excluded.seen_at and known.interface > excluded.interface
