-- Removes rejected records that hold a number ($1, a regular expression). Records are bytes in any encoding; digits are
-- the same in all.
delete from voip.reject as r
where encode(r.record, 'escape') ~ $1
