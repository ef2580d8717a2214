-- The contacts that differ between the source and the warehouse: contact_difference. Nothing is written yet.

-- A join costs no more than a sum of hashes of both sides, and says which contacts differ, too.
--
-- Rows without a contact_id may be new, rows without a kind are removed contacts. Most contacts are as before, so that only the others
-- are sorted and looked at again.
create temporary table contact_difference on commit drop as
select k.contact_id, s.kind, s.external_id
from (select current_setting('voip.contact_source') as source, * from contact_stage) as s
full join voip.contact as k on k.source = s.source and k.kind = s.kind and k.external_id = s.external_id
where k.contact_id is null or s.kind is null
    or (k.name, k.owner, k.extension, k.updated_at) is distinct from (s.name, s.owner, s.extension, s.updated_at);
