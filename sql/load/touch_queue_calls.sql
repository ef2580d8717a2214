-- Queue calls of which this run has loaded legs but no events: their legs may tell who an agent is.
-- $1, $2: first and last call; $3: the calls; $4: PBX.
insert into touched_callid
select distinct uniqueid from voip.cdr
where call_id between $1 and $2 and call_id = any($3) and pbx_id = $4
  and lastapp = 'Queue' and disposition = 'ANSWERED'
