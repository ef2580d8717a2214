-- When the PBX was started. $1: PBX.
select at from voip.queue_event where event = 'QUEUESTART' and pbx_id = $1 order by at
