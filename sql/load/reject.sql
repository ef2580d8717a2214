-- Stores a rejected record, once, however often it is read. Returns whether it is new.
-- $1: run; $2: PBX; $3: source; $4: origin; $5: line; $6: code; $7: reason; $8: hash; $9: record.
insert into voip.reject (run_id, pbx_id, source, origin, line, reason_code, reason, record_hash, record)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (pbx_id, source, record_hash) do update
    set run_id = excluded.run_id, origin = excluded.origin, line = excluded.line,
        reason_code = excluded.reason_code, reason = excluded.reason
returning xmax = 0
