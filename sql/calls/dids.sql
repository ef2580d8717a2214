-- Our numbers that were dialled, each once. $1: at most this many.
select d.did from voip.dialled_dids($1) as d (did)
