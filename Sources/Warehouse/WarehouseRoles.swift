import Postgres

/// The roles `voip_reader` and `voip_loader`, and their rights in a warehouse. See `sql/roles`.
enum WarehouseRoles {
    /// Whether ``settle(_:)`` has anything to do: a role lacks its rights and this session may grant them, or the roles
    /// are missing and this session belongs to a superuser.
    static func areUnsettled(_ connection: borrowing Connection) throws(PostgresError) -> Bool {
        try connection.query(
            """
            select rolsuper and (select count(*) from pg_roles where rolname in ('voip_reader', 'voip_loader')) < 2
                or exists (
                    select 1
                    from pg_namespace as n
                    join pg_roles as r on r.rolname in ('voip_reader', 'voip_loader')
                    where n.nspname = 'voip' and pg_has_role(n.nspowner, 'usage')
                        and not has_schema_privilege(r.oid, n.oid, 'usage'))
            from pg_roles
            where rolname = current_user
            """
        ).first { row throws(PostgresError) in try row.bool(0) } ?? false
    }

    /// Creates the roles if this session belongs to a superuser, and grants them their rights if they exist and this
    /// session owns the schema. Otherwise an administrator runs `sql/roles/create.sql`.
    static func settle(_ connection: borrowing Connection) throws {
        try connection.transaction { connection in
            let isSuperuser = try connection.query("select rolsuper from pg_roles where rolname = current_user")
                .first { row throws(PostgresError) in try row.bool(0) }
            if isSuperuser == true { try connection.execute(SQLFiles.Roles.create) }
            let mayGrant = try connection.query(
                """
                select (select count(*) from pg_roles where rolname in ('voip_reader', 'voip_loader')) = 2
                    and exists (
                        select 1 from pg_namespace where nspname = 'voip' and pg_has_role(nspowner, 'usage'))
                """
            ).first { row throws(PostgresError) in try row.bool(0) }
            if mayGrant == true { try connection.execute(SQLFiles.Roles.grant) }
        }
    }
}
