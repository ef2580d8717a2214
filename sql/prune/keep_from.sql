-- Records the time ($2) from which a kind of record ($1) is kept; what was once removed stays removed.
insert into voip.retention as r (kind, kept_from)
values ($1, $2)
on conflict (kind) do update set kept_from = greatest(r.kept_from, excluded.kept_from)
