-- Removes the visits of some calls, to write them anew.
-- The array comes from a query, so that a table that is kept by month is not searched for the month of each element.
-- $1: callids; $2, $3: the first and the last of them; $4: PBX; $5: source.
delete from voip.queue_visit
where callid = any((select $1::text[])::text[]) and callid between $2 and $3 and pbx_id = $4 and source = $5
