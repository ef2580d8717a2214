-- Adds a PBX. $1: name.
insert into voip.pbx (name) values ($1) on conflict (name) do nothing
