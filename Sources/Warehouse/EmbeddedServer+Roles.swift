import Postgres

extension EmbeddedServer {
    /// Makes the role as which crm-voip works, which is no superuser, in a new cluster and in one of an older version. Held
    /// under the start lock.
    func prepareRoles() throws {
        let superuser = try Connection(superuserAddress)
        let owner = try superuser.query("select 1 from pg_roles where rolname = $1", [.text(Self.owner)])
        guard owner.isEmpty else { return }
        try superuser.transaction { superuser in
            try superuser.execute(SQLFiles.Roles.create)
            try superuser.execute(SQLFiles.Roles.embedded)
        }
    }
}
