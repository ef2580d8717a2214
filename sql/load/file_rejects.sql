-- Marks rejects whose copies in the rejects file are safely on the disk. $1: their numbers.
update voip.reject set filed_at = now() where reject_id = any($1) and filed_at is null
