-- The statements that grant again what others than the owner may do with the tables, views and functions of the schema.
select format(
    'grant %s on table %s to %s%s', a.privilege_type, c.oid::regclass,
    case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end,
    case when a.is_grantable then ' with grant option' else '' end)
from pg_class as c
cross join aclexplode(c.relacl) as a
where c.relnamespace = 'voip'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition
    and a.grantee <> c.relowner
union all
select format(
    'grant execute on function %s to %s%s', p.oid::regprocedure,
    case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end,
    case when a.is_grantable then ' with grant option' else '' end)
from pg_proc as p
cross join aclexplode(p.proacl) as a
where p.pronamespace = 'voip'::regnamespace and a.grantee <> p.proowner
order by 1
