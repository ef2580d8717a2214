-- Versions of legs that differ from the stored ones, on their way into voip.cdr.
create temporary table if not exists incoming_leg (
    like voip.cdr,
    stored_leg_no bigint,
    is_nameless boolean,                        -- the stored one has no uniqueid yet
    is_derived boolean,                         -- answer and end were computed from the lengths
    cut integer                                 -- bit n: the n-th text may have been cut by its column's width
) on commit drop
