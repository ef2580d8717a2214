-- Removes rejected records that contain a number ($1, a regular expression). Records are bytes in any encoding, but
-- digits are the same in all encodings.
delete from voip.reject as r
where encode(r.record, 'escape') ~ $1
