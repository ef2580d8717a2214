-- $1: the last one of the page before; $2: how many.
select distinct callid from touched_callid where callid > $1 order by callid limit $2
