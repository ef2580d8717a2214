-- Records that a number, given by its keyed hash ($1, hexadecimal), is forgotten as of $2. Repeating this moves the
-- moment forward.
insert into voip.forgotten as f (number_hash, forgotten_at)
values (decode($1, 'hex'), $2)
on conflict (number_hash) do update set forgotten_at = greatest(f.forgotten_at, excluded.forgotten_at)
