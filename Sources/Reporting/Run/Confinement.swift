import Postgres

/// Runs a statement that the user wrote as a role that may read the warehouse and nothing else, for a limited time, and
/// takes back at the end whatever it did: a read-only transaction alone lets a statement make large objects, hold locks
/// and, for a superuser, run programs.
struct Confinement {
    /// A role with the right to read the schema `voip`; see `sql/roles`.
    static let role = "voip_reader"

    /// After how many seconds the server ends the statement.
    let seconds: Int

    /// - Throws: ``ReportError`` if the session is a superuser's and the role is missing; `PostgresError`.
    func query(_ text: String, _ parameters: [Parameter], on connection: borrowing Connection) throws -> Rows {
        let becomesReader = try Self.mayBecomeReader(connection)
        try connection.execute("savepoint own_report")
        do {
            if becomesReader { try connection.execute("set local role \(Self.role)") }
            try connection.execute("set local statement_timeout = '\(seconds)s'")
            let rows = try connection.query(text, parameters)
            try leave(connection)
            return rows
        } catch {
            // The first error is the one to report.
            try? leave(connection)
            throw error
        }
    }

    private func leave(_ connection: borrowing Connection) throws(PostgresError) {
        try connection.execute("rollback to savepoint own_report; release savepoint own_report")
        _ = try connection.query("select pg_advisory_unlock_all()")
    }

    private static func mayBecomeReader(_ connection: borrowing Connection) throws -> Bool {
        let session = try connection.query(
            """
            select rolsuper, exists (
                select 1 from pg_roles as reader where reader.rolname = $1 and pg_has_role(reader.oid, 'member'))
            from pg_roles where rolname = current_user
            """,
            [.text(role)]
        ).first { row throws(PostgresError) in (isSuperuser: try row.bool(0), isMember: try row.bool(1)) }
        guard let session else { return false }
        guard session.isMember || !session.isSuperuser else {
            throw ReportError(
                .definition,
                "A report of your own does not run as a superuser. Run `crm-voip warehouse migrate` as that user, which makes "
                    + "the role \(role), or use a user that is no superuser."
            )
        }
        return session.isMember
    }
}
