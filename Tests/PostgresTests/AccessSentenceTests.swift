import Base
import Postgres
import Testing

/// The messages are those of PostgreSQL 15 in English.
@Suite struct AccessSentenceTests {
    private func error(_ code: PostgresError.Code, _ state: String?, _ message: String) -> PostgresError {
        var error = PostgresError(code, message)
        (error.sqlState, error.user, error.database) = (state, "crm", "wh")
        return error
    }

    @Test(
        arguments: [
            (
                "28P01", "FATAL: password authentication failed for user \"crm\"",
                "does not accept the user or the password"
            ),
            ("28000", "FATAL: role \"crm\" does not exist", "does not accept the user or the password"),
            (
                "28000", "FATAL: no pg_hba.conf entry for host \"10.0.0.5\"",
                "Add a line for it to the server's pg_hba.conf."
            ),
            (nil, "fe_sendauth: no password supplied", "asks for a password, and none is set"),
            ("3D000", "FATAL: database \"wh\" does not exist", "create it: CREATE DATABASE wh OWNER crm."),
            ("42501", "FATAL: permission denied for database \"wh\"", "GRANT CONNECT ON DATABASE wh TO crm;"),
        ] as [(String?, String, String)]
    )
    func `a refused login says what to do`(state: String?, message: String, part: String) {
        let text = error(.connection, state, message).description
        #expect(text.contains(part), "\(text)")
        #expect(!text.contains("cannot be reached"), "the server was reached")
    }

    @Test func `an unreachable server is still reported as unreachable`() {
        #expect(error(.connection, nil, "refused").description == "The database cannot be reached: refused")
    }

    @Test(arguments: [
        ("permission denied for database wh", "GRANT CREATE ON DATABASE wh TO crm;"),
        ("permission denied for schema voip", "GRANT USAGE ON SCHEMA voip TO crm;"),
        ("permission denied for table call", "GRANT SELECT ON call TO crm;"),
        ("permission denied for view Calls of May", "GRANT SELECT ON \"Calls of May\" TO crm;"),
        ("permission denied for relation call", "GRANT SELECT ON call TO crm;"),
    ])
    func `a missing right names the statement that grants it`(message: String, grant: String) {
        let text = error(.sql, "42501", message).description
        #expect(text.hasPrefix("The database user lacks a right: \(message)."), "\(text)")
        let roles = " A login of a warehouse needs the role voip_reader, or voip_loader to load (docs/warehouse.md)."
        #expect(text.hasSuffix(grant + (grant.contains("DATABASE") ? "" : roles)), "\(text)")
    }

    @Test(
        arguments: [
            (.sql, "42501", .notPermitted), (.sql, "25006", .notPermitted),
            (.connection, "42501", .notPermitted), (.connection, "28P01", .unavailable), (.sql, "42P01", .failed),
            (.sql, "40001", .tryAgainLater),
        ] as [(PostgresError.Code, String, ErrorCategory)]
    )
    func `a missing right is not permitted; a table that does not exist is another failure`(
        code: PostgresError.Code,
        state: String,
        category: ErrorCategory
    ) {
        #expect(error(code, state, "permission denied for table call").category == category)
    }

    @Test func `a right without a named object has no statement`() {
        let text = error(.sql, "42501", "must be owner of table call").description
        #expect(text == "The database user lacks a right: must be owner of table call.")
    }

    @Test func `a session that may only read says who may write`() {
        let text = error(.sql, "25006", "cannot execute UPDATE in a read-only transaction").description
        #expect(
            text == "The database session is read-only: cannot execute UPDATE in a read-only transaction. Use a login"
                + " that may write, such as the database's owner or a member of voip_loader, and a server that is not a standby."
        )
    }
}
