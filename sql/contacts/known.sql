-- Whether the stored contacts are those of the last sync, read by the same rules, so that only those that the source has changed need be
-- compared. Everything is compared once a week all the same: somebody may have changed rows by hand. $1: source; $2: rules.
select exists (
    select 1 from voip.contact_sync
    where source = $1 and rules = $2 and compared_at > now() - interval '6 days 12 hours'
        and links = (select count(*) from voip.contact_number))
