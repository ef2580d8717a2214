-- The contacts of other sources: there is one at a time. Two ranges of the index, which are usually empty.
insert into contact_gone
select contact_id from voip.contact where source < current_setting('voip.contact_source')
union all
select contact_id from voip.contact where source > current_setting('voip.contact_source')
