-- The number of a PBX, which is added if its name is new. $1: name.
with added as (
    insert into voip.pbx (name) values ($1) on conflict (name) do nothing returning pbx_id
)
select pbx_id from added union all select pbx_id from voip.pbx where name = $1
