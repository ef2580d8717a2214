-- title: Trunks
-- description: How many calls each trunk carried at once, and how many lines its busiest hour needs: one row per PBX and trunk.
-- parameter: window_from timestamptz: First moment of the window.
-- parameter: window_to timestamptz: First moment after the window.
-- parameter: timezone text: IANA name of the zone of the hours.
-- parameter: pbx text = null: Only this PBX.
-- parameter: totals boolean = false: Whether a last row covers all trunks, as if their lines were one group.
-- column: trunk text: The outside channels' technology and peer, such as PJSIP/provider.
-- column: timezone text: Zone of the hours.
-- column: calls integer: Channels of the trunk that were in use in the window.
-- column: inbound integer: Those of inbound calls.
-- column: outbound integer: Those of outbound calls.
-- column: used_s duration "in use": Their time together, from the first ring to the end, cut to the window.
-- column: calls_max integer "most at once": The most calls at one moment.
-- column: calls_p95 integer "at once in 95 %": In 95 % of the time in which the trunk was in use, it carried no more calls than this.
-- column: busy_hour timestamp "busiest hour": The beginning of the hour in which the trunk was used most.
-- column: busy_hour_s duration "used in it": The time of all calls together in that hour.
-- column: busy_erlangs decimal "erlangs in it": busy_hour_s / 3600.
-- column: lines_1pct integer "lines for 1 % blocked": With so many lines, Erlang B expects at most 1 % of the calls of such an hour to find none free.
-- column: lines_01pct integer "lines for 0.1 %": The same for 0.1 %.
-- column: pbx text "PBX": The PBX of the trunk.
-- check: calls = inbound + outbound
with leg as (
    select l.pbx_id, l.call_id, c.direction, l.start_at,
        coalesce(l.end_at, l.start_at + l.duration_s * interval '1 second') as end_at, l.channel, l.dstchannel, l.leg_no
    from voip.cdr as l
    join voip.call as c on c.call_id = l.call_id and c.pbx_id = l.pbx_id
    -- A call may have begun on the day before.
    where l.start_at >= :window_from - interval '1 day' and l.start_at < :window_to
        and c.direction in ('inbound', 'outbound')
        and (:pbx is null or l.pbx_id = (select pbx_id from voip.pbx where name = :pbx))
),
-- The caller's channel is the first one of an inbound call; a called trunk is the destination of an outbound leg.
caller as (
    select distinct on (call_id) call_id, channel
    from leg
    where direction = 'inbound'
    order by call_id, start_at, leg_no
),
channel as (
    select l.pbx_id, l.call_id, l.direction, l.channel, l.start_at, l.end_at
    from leg as l
    join caller as f on f.call_id = l.call_id and f.channel = l.channel
    union all
    select pbx_id, call_id, direction, dstchannel, start_at, end_at
    from leg
    where direction = 'outbound' and dstchannel is not null
),
span as (
    -- PJSIP/provider-0000001a; of Local/0301234@out-00000012;1 only the context says where it leads.
    select pbx_id, regexp_replace(regexp_replace(channel, '-[^-]*$', ''), '^Local/[^@]*@', 'Local/@') as trunk, direction,
        greatest(min(start_at), :window_from) as begins, least(max(end_at), :window_to) as ends
    from channel
    group by pbx_id, call_id, direction, channel
    having max(end_at) > :window_from
),
counted as (
    select pbx_id, trunk, direction, begins, ends, 0 as is_total from span
    union all
    select 0, '', direction, begins, ends, 1 from span where :totals and (select count(distinct (pbx_id, trunk)) from span) > 1
),
step as (
    select is_total, pbx_id, trunk, at, sum(sum(change)) over (partition by is_total, pbx_id, trunk order by at) as level,
        lead(at) over (partition by is_total, pbx_id, trunk order by at) - at as lasts
    from (
        select is_total, pbx_id, trunk, begins as at, 1 as change from counted where ends > begins
        union all
        select is_total, pbx_id, trunk, ends, -1 from counted where ends > begins
    ) as edge
    group by is_total, pbx_id, trunk, at
),
share as (
    select is_total, pbx_id, trunk, level, sum(sum(lasts)) over (partition by is_total, pbx_id, trunk order by level)
            / nullif(extract(epoch from sum(sum(lasts)) over (partition by is_total, pbx_id, trunk)), 0) as up_to
    from step
    where level > 0
    group by is_total, pbx_id, trunk, level
),
level as (
    select is_total, pbx_id, trunk, max(level) as most,
        min(level) filter (where extract(epoch from up_to) >= 0.95) as p95
    from share
    group by 1, 2, 3
),
hour as (
    select is_total, pbx_id, trunk, hour, sum(extract(epoch from least(ends, hour + interval '1 hour') - greatest(begins, hour)))
            as used_s
    from counted
    cross join generate_series(
        date_trunc('hour', begins, :timezone), ends - interval '1 microsecond', interval '1 hour') as hour
    where ends > begins
    group by 1, 2, 3, 4
),
busiest as (
    select distinct on (is_total, pbx_id, trunk) is_total, pbx_id, trunk, hour, used_s
    from hour
    order by is_total, pbx_id, trunk, used_s desc, hour
),
line as (
    select is_total, pbx_id, trunk, count(*) as calls, count(*) filter (where direction = 'inbound') as inbound,
        count(*) filter (where direction = 'outbound') as outbound,
        sum(extract(epoch from greatest(ends - begins, interval '0'))) as used_s
    from counted
    group by 1, 2, 3
)
select nullif(f.trunk, '') as trunk, :timezone as timezone, f.calls, f.inbound, f.outbound, round(f.used_s) as used_s,
    coalesce(l.most, 0) as calls_max, coalesce(l.p95, 0) as calls_p95, h.hour as busy_hour,
    coalesce(round(h.used_s), 0) as busy_hour_s, round(coalesce(h.used_s, 0) / 3600.0, 1) as busy_erlangs,
    null::integer as lines_1pct, null::integer as lines_01pct, b.name as pbx
from line as f
left join level as l using (is_total, pbx_id, trunk)
left join busiest as h using (is_total, pbx_id, trunk)
left join voip.pbx as b on b.pbx_id = f.pbx_id
order by f.is_total, f.calls desc, f.trunk, b.name
