import Postgres

extension EmbeddedServer {
    /// Creates the role with which crm-voip works, which is not a superuser, in a new cluster or in one from an older
    /// version. Called while holding the start lock.
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
