-- Names and interfaces. $1: PBX.
select agent, interface from voip.agent where pbx_id = $1 order by agent
