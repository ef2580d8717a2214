-- Stores the map of a file.
-- $1: PBX; $2: source; $3: device; $4: inode; $5: path; $6: size; $7: modified; $8: zone; $9: hash of the head;
-- $10: whether the beginning is unread; $11 to $15: ends, lines, earliest and latest starts and hashes of the parts.
insert into voip.file_map (
    pbx_id, source, device, inode, path, size, modified_ns, zone, head_hash, is_beginning_unread,
    part_ends, part_lines, part_earliest_us, part_latest_us, part_hashes
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
on conflict (pbx_id, source, device, inode) do update
set path = excluded.path, size = excluded.size, modified_ns = excluded.modified_ns, zone = excluded.zone,
    head_hash = excluded.head_hash, is_beginning_unread = excluded.is_beginning_unread, part_ends = excluded.part_ends,
    part_lines = excluded.part_lines, part_earliest_us = excluded.part_earliest_us,
    part_latest_us = excluded.part_latest_us, part_hashes = excluded.part_hashes, read_at = excluded.read_at
