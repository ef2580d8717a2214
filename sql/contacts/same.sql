-- Whether nothing at all differs, as in most syncs. The links are compared by their number and by the sum of their hashes, which does not
-- depend on the order; a join that says which ones differ costs more.

select not exists (select 1 from contact_difference)
    and (select (count(*), sum(hashtextextended(external_id, hashtextextended(kind,
                            hashtextextended(number_e164, priority::bigint << 16 | place)))))
          from contact_link_stage)
         is not distinct from
         (select (count(*), sum(hashtextextended(c.external_id, hashtextextended(c.kind,
                            hashtextextended(k.number_e164, k.priority::bigint << 16 | k.place)))))
          from voip.contact_number as k join voip.contact as c using (contact_id))
