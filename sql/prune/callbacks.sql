-- Removes what was noted about callers before $1: the calls that it was about are gone.
delete from voip.callback as b
where b.changed_at < $1
