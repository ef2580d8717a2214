-- Marks rejects that are in the file of rejects and on the disk. $1: their numbers.
update voip.reject set filed_at = now() where reject_id = any($1) and filed_at is null
