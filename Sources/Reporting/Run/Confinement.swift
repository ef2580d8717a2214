import Postgres

/// Runs a statement written by the user as a role that may only read the warehouse, with a time limit, and leaves
/// nothing of it behind. A read-only transaction alone would allow a statement to create large objects, hold locks and,
/// for a superuser, run programs.
///
/// A statement can regain the rights of its session's login with `set_config('role', …)`. So if a separate login for
/// the reader is known, a session of that login runs the statement; otherwise the login must not be a superuser.
struct Confinement {
    /// A role with the right to read the schema `voip`; see `sql/roles`.
    static let role = "voip_reader"

    /// The number of seconds after which the server ends the statement.
    let seconds: Int
    /// The address for a session that may only read the warehouse; nil to use the report's own session.
    let reader: Address?
    /// Called with a session before a statement runs there, and with nil when it ends, so that it can be interrupted.
    let willUse: (@Sendable (CancelToken?) -> Void)?

    /// - Parameter zone: IANA name of the session's zone.
    /// - Throws: ``ReportError`` if there is no reader and the session's login is a superuser; `PostgresError`.
    func query(
        _ text: String,
        _ parameters: [Parameter],
        zone: String,
        on connection: borrowing Connection
    ) throws -> Rows {
        if let reader { return try query(text, parameters, zone: zone, as: reader, beside: connection) }
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
            // A missing right is the role's, not the login's.
            var refusal = error
            if becomesReader { refusal.user = Self.role }
            throw refusal
        }
    }

    private func leave(_ connection: borrowing Connection) throws(PostgresError) {
        try connection.execute("rollback to savepoint own_report; release savepoint own_report")
        _ = try connection.query("select pg_advisory_unlock_all()")
    }

    /// Runs the statement in a separate session, on the same state of the warehouse that the other reports see. The
    /// session ends here, and with it everything the statement did.
    private func query(
        _ text: String,
        _ parameters: [Parameter],
        zone: String,
        as reader: Address,
        beside connection: borrowing Connection
    ) throws -> Rows {
        let snapshot = try connection.query("select pg_export_snapshot()")
            .first { row throws(PostgresError) in try row.text(0) }
        let session = try Self.connect(reader)
        willUse?(session.cancelToken)
        defer { willUse?(nil) }
        // Nothing is committed: the session ends with the transaction open.
        try session.execute("begin isolation level repeatable read read only")
        if let snapshot { try session.execute("set transaction snapshot \(SQL.literal(snapshot))") }
        try session.execute("set local jit = off; set local work_mem = '128MB'")
        try session.execute("set local statement_timeout = '\(seconds)s'")
        _ = try session.query("select set_config('TimeZone', $1, true)", [.text(zone)])
        return try session.query(text, parameters)
    }

    private static func connect(_ reader: Address) throws(ReportError) -> Connection {
        do {
            return try Connection(reader)
        } catch {
            throw ReportError(.database, "No session for reports of your own can be opened.", underlying: error)
        }
    }

    /// - Throws: ``ReportError`` if the login is, or may become, a superuser, or may run programs or read files as the server.
    private static func mayBecomeReader(_ connection: borrowing Connection) throws -> Bool {
        let session = try connection.query(
            """
            select
                exists (
                    select 1 from pg_roles as r
                    where pg_has_role(session_user, r.oid, 'member')
                        and (r.rolsuper or r.rolname in (
                            'pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files'))),
                exists (
                    select 1 from pg_roles as r
                    where r.rolname = $1 and pg_has_role(session_user, r.oid, 'member'))
            """,
            [.text(role)]
        ).first { row throws(PostgresError) in (isPowerful: try row.bool(0), isMember: try row.bool(1)) }
        guard let session else { return false }
        guard !session.isPowerful else {
            throw ReportError(
                .definition,
                "A report of your own does not run with the login of a superuser, whose rights its statement could use. Set "
                    + "warehouse.url to another login, such as: create role crm_voip login in role voip_loader. "
                    + "docs/warehouse.md describes the roles."
            )
        }
        return session.isMember
    }
}
