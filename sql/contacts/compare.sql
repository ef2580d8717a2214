-- How the source's current contacts differ from the stored ones: `all` if the source has none of those that are stored, as with
-- the first sync and with another CRM, and we may alter the tables; `same`; or `some`.
--
-- Both sides are compared by their number of rows and by the sum of their rows' hashes, which does not depend on the
-- order. The hash covers a row as a whole: sums of columns' hashes would not notice that two contacts swapped their
-- names.

select case
    when exists (select 1 from contact_stage)
         -- A few show it in most cases.
         and not exists (
            select 1 from (select kind, external_id from contact_stage limit 1000) as s
            cross join lateral (
                select 1 from voip.contact as c
                where c.source = current_setting('voip.contact_source') and c.kind = s.kind and c.external_id = s.external_id
                limit 1) as c)
         and not exists (
            select 1 from voip.contact as c join contact_stage as s using (kind, external_id)
            where c.source = current_setting('voip.contact_source'))
         -- Somebody else's table may refer to the contacts.
         and not exists (
            select 1 from pg_constraint
            where confrelid = 'voip.contact'::regclass and conrelid <> 'voip.contact_number'::regclass)
         -- The servers of a cluster have copies, whose keys and indexes cannot be taken away among other statements.
         and not exists (select 1 from pg_extension where extname = 'citus')
         and (select bool_and(pg_has_role(relowner, 'usage')) from pg_class
              where oid in ('voip.contact'::regclass, 'voip.contact_number'::regclass))
    then 'all'
    when (select (count(*), sum(hashtextextended((current_setting('voip.contact_source'), kind, external_id, name, owner,
                                                  extension, updated_at)::text, 0)))
          from contact_stage)
         is distinct from
         (select (count(*), sum(hashtextextended((source, kind, external_id, name, owner, extension, updated_at)::text, 0)))
          from voip.contact)
    then 'some'
    when (select (count(*), sum(hashtextextended(external_id, hashtextextended(kind,
                            hashtextextended(number_e164, priority::bigint << 16 | place)))))
          from contact_link_stage)
         is distinct from
         (select (count(*), sum(hashtextextended(c.external_id, hashtextextended(c.kind,
                            hashtextextended(k.number_e164, k.priority::bigint << 16 | k.place)))))
          from voip.contact_number as k join voip.contact as c using (contact_id))
    then 'some'
    else 'same'
end;
