-- Removes what was noted about callers before $1: the calls to which it refers are gone.
delete from voip.callback as b
where b.changed_at < $1
