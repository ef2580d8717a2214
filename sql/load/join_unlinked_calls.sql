-- Calls without a linkedid that are in fact one: their legs name the same channel at the same time. The two halves of a
-- Local channel share a name (Local/104@agents-00000007), and the channel that one leg rang may be the channel of
-- another. A party that a leg met in a conference or retrieved from a parking lot stays with its own call, as with
-- Asterisk's linkedid. $1: PBX; $2, $3: first and last start of the legs to examine. Returns calls, each with the first
-- of the calls with which it is one.
with leg as materialized (
    select call_id, start_at, coalesce(end_at, start_at) as end_at, channel,
        case when lastapp in ('Dial', 'Queue', 'FollowMe', 'RetryDial', 'AppDial', 'AppDial2', 'AppQueue') then dstchannel end
            as dstchannel
    from voip.cdr
    where pbx_id = $1 and linkedid is null and start_at >= $2 and start_at <= $3
),
mention as (
    select call_id, start_at, end_at, substring(name from '^(Local/.*)[;,][12]$') as name, interval '2 seconds' as slack
    from leg
    cross join lateral (values (channel), (dstchannel)) as named (name)
    where name like 'Local/%'
    union all
    -- A name that ends in eight hexadecimal digits is unique; others are reused as soon as the line is free.
    select call_id, start_at, end_at, name,
        case when name ~ '-[0-9a-f]{8}$' then interval '2 seconds' else interval '-1 microsecond' end
    from leg
    cross join lateral (values (channel), (dstchannel)) as named (name)
    where name not like 'Local/%'
        and name in (select r.dstchannel from leg as r join leg as c on c.channel = r.dstchannel and c.call_id <> r.call_id)
),
-- Overlapping mentions belong to one channel; one that begins after all earlier ones ended belongs to another.
island as (
    select call_id, name, count(*) filter (where anew) over (partition by name order by start_at, end_at, call_id) as number
    from (
        select *,
            (start_at > slack + max(end_at) over (
                partition by name order by start_at, end_at, call_id rows between unbounded preceding and 1 preceding))
                is not false as anew
        from mention
        where name is not null
    ) as marked
)
select call_id, whole
from (select distinct call_id, min(call_id) over (partition by name, number) as whole from island) as joined
where call_id <> whole
order by call_id, whole
