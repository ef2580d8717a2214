-- $1: calls.
select call_id, row_hash, match from voip.call where call_id = any($1)
