-- Our numbers that were dialled, each once. The index is read from one value to the next, not from row to row, which
-- works with the table but not with the view. $1: at most this many.
with recursive numbers as (
    (
        select c.did collate "C" as did
        from voip.call as c
        where c.did is not null
        order by c.did collate "C"
        limit 1
    )
    union all
    select (
        select c.did collate "C"
        from voip.call as c
        where c.did is not null and c.did collate "C" > n.did
        order by c.did collate "C"
        limit 1
    )
    from numbers as n
    where n.did is not null
)
select n.did from numbers as n where n.did is not null limit $1
