-- Makes voip.contact and voip.contact_number what the stage says, and touches no row that is so already.
-- There is one source of contacts at a time: what another one left goes with what this one no longer has.

analyze contact_stage;
analyze contact_link_stage;

create temporary table contact_now on commit drop as
select distinct on (kind, external_id) kind, external_id, name, owner, extension, updated_at
from contact_stage
order by kind, external_id, updated_at desc nulls last, name, owner, extension;

create temporary table contact_change (contact_id bigint not null, is_new boolean) on commit drop;

with gone as (
    delete from voip.contact c
    where not exists (
        select from contact_now n
        where c.source = current_setting('voip.contact_source')
          and n.kind = c.kind and n.external_id = c.external_id
    )
    returning contact_id
)
insert into contact_change select contact_id, null from gone;

with merged as (
    insert into voip.contact as c (source, kind, external_id, name, owner, extension, updated_at)
    select current_setting('voip.contact_source'), n.kind, n.external_id, n.name, n.owner, n.extension, n.updated_at
    from contact_now n
    where not exists (
        select from voip.contact k
        where k.source = current_setting('voip.contact_source') and k.kind = n.kind and k.external_id = n.external_id
          and (k.name, k.owner, k.extension, k.updated_at) is not distinct from (n.name, n.owner, n.extension, n.updated_at)
    )
    on conflict (source, kind, external_id) do update
    set name = excluded.name, owner = excluded.owner, extension = excluded.extension, updated_at = excluded.updated_at
    returning contact_id, (xmax = 0) as is_new
)
insert into contact_change select contact_id, is_new from merged;

create temporary table contact_link_now on commit drop as
select s.number_e164, c.contact_id, s.priority, s.place
from contact_link_stage s
     join voip.contact c on c.source = current_setting('voip.contact_source') and c.kind = s.kind
                        and c.external_id = s.external_id;

analyze contact_link_now;

-- Links of deleted contacts are gone by now; the calls that still point at them tell their numbers.
create temporary table contact_number_changed on commit drop as
select number_e164
from ((select * from contact_link_now except select number_e164, contact_id, priority, place from voip.contact_number)
      union all
      (select number_e164, contact_id, priority, place from voip.contact_number except select * from contact_link_now)) as d
union
select customer_e164 from voip.call
where customer_e164 is not null and contact_id in (select contact_id from contact_change where is_new is null);

delete from voip.contact_number k
using contact_number_changed d
where d.number_e164 = k.number_e164
  and not exists (select from contact_link_now n where n.number_e164 = k.number_e164 and n.contact_id = k.contact_id);

insert into voip.contact_number as k (number_e164, contact_id, priority, place)
select n.number_e164, n.contact_id, n.priority, n.place
from contact_link_now n join contact_number_changed d using (number_e164)
on conflict (number_e164, contact_id) do update set priority = excluded.priority, place = excluded.place
where (k.priority, k.place) is distinct from (excluded.priority, excluded.place);
