-- Deletes the maps of files that no run has seen for a year: their inodes may have been reused. $1: PBX; $2: source.
delete from voip.file_map
where pbx_id = $1 and source = $2 and read_at < now() - interval '1 year'
