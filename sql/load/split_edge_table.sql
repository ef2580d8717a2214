-- Pairs of calls, as split_edges.sql finds them.
create temporary table if not exists split_edge (one text collate "C" not null, other text collate "C" not null) on commit drop;
truncate split_edge
