-- Erases a number from queue events from before $2. $1: the number as a regular expression.
-- An event's hash is kept: a later run uses it to recognise that the event was already loaded.
update voip.queue_event as e
set data1 = regexp_replace(e.data1, $1, '\1forgotten', 'g'),
    -- The caller's number in ENTERQUEUE.
    data2 = case when e.event = 'ENTERQUEUE' and e.data2 ~ $1 then null else regexp_replace(e.data2, $1, '\1forgotten', 'g') end,
    data3 = regexp_replace(e.data3, $1, '\1forgotten', 'g'),
    data4 = regexp_replace(e.data4, $1, '\1forgotten', 'g'),
    data5 = regexp_replace(e.data5, $1, '\1forgotten', 'g')
where e.at < $2
  and (e.data1 ~ $1 or e.data2 ~ $1 or e.data3 ~ $1 or e.data4 ~ $1 or e.data5 ~ $1)
