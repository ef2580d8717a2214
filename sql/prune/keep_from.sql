-- Notes from when on ($2) something ($1) is kept; what was removed once stays removed.
insert into voip.retention as r (kind, kept_from)
values ($1, $2)
on conflict (kind) do update set kept_from = greatest(r.kept_from, excluded.kept_from)
