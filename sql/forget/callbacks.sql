-- Removes what was noted about a number before $2, and erases the number from notes about other callers.
-- $1: the number as a regular expression; $3: its E.164 forms.
with gone as (
    delete from voip.callback as b
    where b.changed_at < $2
      and (b.caller_key = any($3)
        or b.caller_key ~ $1
        or b.caller_key in (select voip.caller_key(n, null) from unnest($3::text[]) as n))
    returning 1
),
masked as (
    update voip.callback as b
    set note = regexp_replace(b.note, $1, '\1forgotten', 'g')
    where b.changed_at < $2
      and b.note ~ $1
      and not (b.caller_key = any($3) or b.caller_key ~ $1)
      and b.caller_key not in (select voip.caller_key(n, null) from unnest($3::text[]) as n)
    returning 1
)
select (select count(*) from gone) + (select count(*) from masked)
