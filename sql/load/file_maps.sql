-- Which times the parts of a PBX's files contain. $1: PBX; $2: source. The parts of a file are returned in order.
select f.device, f.inode, f.size, f.modified_ns, f.zone, f.head_hash, f.is_beginning_unread,
    p.part_end, p.part_line, p.earliest_us, p.latest_us, p.hash
from voip.file_map as f,
    unnest(f.part_ends, f.part_lines, f.part_earliest_us, f.part_latest_us, f.part_hashes)
        with ordinality as p (part_end, part_line, earliest_us, latest_us, hash, place)
where f.pbx_id = $1 and f.source = $2
order by f.device, f.inode, p.place
