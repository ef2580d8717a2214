-- $1: the last one on the previous page; $2: how many.
select distinct callid from touched_callid where callid > $1 order by callid limit $2
