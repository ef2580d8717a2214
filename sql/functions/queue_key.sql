-- Asterisk ignores the case of ASCII letters in queue names, and logs whichever spelling was used.
create or replace function voip.queue_key(queue text) returns text
language sql immutable parallel safe
as $$ select lower(queue collate "C") $$;

comment on function voip.queue_key is 'A queue''s name as Asterisk compares it: in lower case. Two spellings of one queue have the same key.';
