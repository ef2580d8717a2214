-- What was removed on purpose: so that no later run loads it again, and the checks do not miss it.

create table voip.retention (
    kind       text primary key check (kind in ('calls', 'legs', 'events')),
    kept_from  timestamptz not null
);

comment on table voip.retention is 'From when on the warehouse keeps calls, legs and queue events; warehouse prune moves it.';
comment on column voip.retention.kept_from is 'What ended before this moment was removed and is not loaded again.';

-- Numbers of persons who are to be forgotten, as keyed hashes: the key is in a file beside the warehouse.
create table voip.forgotten (
    number_hash   bytea primary key,
    forgotten_at  timestamptz not null
);

comment on table voip.forgotten is 'Numbers that were erased by warehouse forget, as HMAC-SHA-256.';
comment on column voip.forgotten.forgotten_at is 'What was recorded of the number before this moment is erased.';
