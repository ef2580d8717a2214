import CLibPQ

extension Connection {
    /// Runs `body` in a transaction: committed when it returns, rolled back when it throws.
    ///
    /// - Parameters:
    ///   - readOnly: Whether the transaction sees one state of the database and may change nothing.
    ///   - isDryRun: Whether it is rolled back when `body` returns, so that what it returns is what would have been done.
    ///   - body: What to do in it.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; ``PostgresError`` with code `transactionAborted` where `body` swallowed the
    ///   error of a statement, so that nothing could be committed.
    @discardableResult
    public func transaction<Result>(
        readOnly: Bool = false,
        isDryRun: Bool = false,
        _ body: (borrowing Connection) throws -> Result
    ) throws -> Result {
        guard !isInTransaction else {
            throw PostgresError(.sql, "A transaction is open already; a savepoint is wanted here.")
        }
        try execute(readOnly ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN")
        let result: Result
        do {
            result = try body(self)
        } catch {
            // A lost connection has rolled back by itself, and the first error says more.
            _ = try? execute("ROLLBACK")
            throw error
        }
        if isDryRun {
            try execute("ROLLBACK")
            return result
        }
        // The server answers COMMIT of a failed transaction with ROLLBACK and without an error.
        let tag = try Rows(PQexec(handle, "COMMIT"), connection: handle).commandTag
        guard tag == "COMMIT" else {
            throw PostgresError(.transactionAborted, "A statement failed, so the transaction was rolled back.")
        }
        return result
    }

    /// Runs `body` inside the open transaction so that its changes alone are taken back when it throws.
    ///
    /// - Throws: What `body` throws, or ``PostgresError``.
    @discardableResult
    public func savepoint<Result>(_ body: (borrowing Connection) throws -> Result) throws -> Result {
        // Savepoints of one name hide each other like brackets, so one name is enough.
        try execute("SAVEPOINT crm_voip")
        let result: Result
        do {
            result = try body(self)
        } catch {
            _ = try? execute("ROLLBACK TO SAVEPOINT crm_voip; RELEASE SAVEPOINT crm_voip")
            throw error
        }
        try execute("RELEASE SAVEPOINT crm_voip")
        return result
    }
}
