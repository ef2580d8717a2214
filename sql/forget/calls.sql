-- Erases a number from calls that began before $2, and the contact with it.
-- $1: the number as a regular expression; $3: its E.164 forms.
update voip.call as c
set customer = null,
    customer_e164 = null,
    contact_id = null,
    match = null,
    did = case when c.did ~ $1 then null else c.did end,
    recordingfile = regexp_replace(c.recordingfile, $1, '\1forgotten', 'g')
where c.started_at < $2
  and (c.customer_e164 = any($3) or c.customer ~ $1 or c.recordingfile ~ $1)
