-- $1, $2: first and last call.
select call_id, row_hash from voip.call where call_id between $1 and $2
