-- The number of a PBX. $1: name.
select pbx_id from voip.pbx where name = $1
