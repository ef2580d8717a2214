-- Erases a number from queue visits that began before $2.
-- $1: the number as a regular expression; $3: its E.164 forms.
update voip.queue_visit as v
set caller = case when v.caller_e164 = any($3) or v.caller ~ $1 then null else v.caller end,
    caller_e164 = case when v.caller_e164 = any($3) or v.caller ~ $1 then null else v.caller_e164 end,
    transfer_target = regexp_replace(v.transfer_target, $1, '\1forgotten', 'g')
where v.entered_at < $2
  and (v.caller_e164 = any($3) or v.caller ~ $1 or v.transfer_target ~ $1)
