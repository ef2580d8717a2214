-- The interface that belongs to a member's name: the phone that was answered when the log says CONNECT. People move, so
-- the latest sighting counts.
-- The few legs and their visits are looked up one by one. After a first load, whose tables are not analysed yet, the server would
-- otherwise read all of them.
-- $1: PBX; $2: calls.
insert into voip.agent as known (pbx_id, agent, interface, extension, seen_at)
select distinct on (agent)
    $1::smallint, agent, interface, substring(split_part(interface, '/', 2) from '^[0-9]+(?=$|@)'), connected_at
from (
    select
        v.agent, v.connected_at, c.start_at,
        regexp_replace(c.dstchannel, '-[0-9a-fA-F]+(;[12])?$', '') as interface
    from unnest($2::bigint[]) as wanted (call_id)
    cross join lateral (
        select uniqueid, start_at, end_at, dstchannel
        from voip.cdr
        where call_id = wanted.call_id
          and pbx_id = $1::smallint and lastapp = 'Queue' and disposition = 'ANSWERED' and dstchannel is not null
        offset 0) as c
    cross join lateral (
        select agent, connected_at
        from voip.queue_visit
        where callid = c.uniqueid and pbx_id = $1::smallint and source = 'queue_log'
          and agent is not null and connected_at between c.start_at and c.end_at
        offset 0) as v
) as seen
order by agent, connected_at desc, start_at desc, interface
on conflict (pbx_id, agent) do update
    set (interface, extension, seen_at) = (excluded.interface, excluded.extension, excluded.seen_at)
    where known.seen_at is null or known.seen_at < excluded.seen_at
       or known.seen_at = excluded.seen_at and known.interface > excluded.interface
