-- Erases a number from legs that began before $2: from their fields, and from names recorded with it. $1: the number's
-- digits as a regular expression, with everything that may precede or separate them. A leg's hashes are kept: a later
-- run uses them to recognise that the leg was already loaded.
update voip.cdr as l
set src = case when l.src ~ $1 then null else l.src end,
    dst = case when l.dst ~ $1 then null else l.dst end,
    clid = case when l.src ~ $1 or l.cnum ~ $1 or l.clid ~ $1 then null else l.clid end,
    cnam = case when l.src ~ $1 or l.cnum ~ $1 or l.clid ~ $1 then null else l.cnam end,
    cnum = case when l.cnum ~ $1 then null else l.cnum end,
    did = case when l.did ~ $1 then null else l.did end,
    outbound_cnam = case when l.outbound_cnum ~ $1 then null else l.outbound_cnam end,
    outbound_cnum = case when l.outbound_cnum ~ $1 then null else l.outbound_cnum end,
    dst_cnam = case when l.dst ~ $1 then null else l.dst_cnam end,
    channel = regexp_replace(l.channel, $1, '\1forgotten', 'g'),
    dstchannel = regexp_replace(l.dstchannel, $1, '\1forgotten', 'g'),
    lastdata = regexp_replace(l.lastdata, $1, '\1forgotten', 'g'),
    userfield = regexp_replace(l.userfield, $1, '\1forgotten', 'g'),
    accountcode = regexp_replace(l.accountcode, $1, '\1forgotten', 'g'),
    peeraccount = regexp_replace(l.peeraccount, $1, '\1forgotten', 'g'),
    recordingfile = regexp_replace(l.recordingfile, $1, '\1forgotten', 'g')
where l.start_at < $2
  and (
    l.src ~ $1
    or l.dst ~ $1
    or l.clid ~ $1
    or l.channel ~ $1
    or l.dstchannel ~ $1
    or l.lastdata ~ $1
    or l.userfield ~ $1
    or l.accountcode ~ $1
    or l.peeraccount ~ $1
    or l.recordingfile ~ $1
    or l.did ~ $1
    or l.cnum ~ $1
    or l.outbound_cnum ~ $1)
