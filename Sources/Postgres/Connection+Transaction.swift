import CLibPQ

extension Connection {
    /// Runs `body` in a transaction, which is committed when it returns and rolled back when it throws.
    ///
    /// - Parameters:
    ///   - readOnly: Whether the transaction sees one consistent state of the database and may change nothing.
    ///   - isDryRun: Whether it is rolled back when `body` returns, so that the return value shows what would have
    ///     been done.
    ///   - body: The work to do in it.
    /// - Returns: What `body` returns.
    /// - Throws: Any error of `body`; ``PostgresError`` with code `transactionAborted` if `body` ignored the error of
    ///   a statement, so that nothing could be committed.
    @discardableResult
    public func transaction<Result>(
        readOnly: Bool = false,
        isDryRun: Bool = false,
        _ body: (borrowing Connection) throws -> Result
    ) throws -> Result {
        guard !isInTransaction else {
            throw PostgresError(.sql, "A transaction is already open; use a savepoint here.")
        }
        try execute(readOnly ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN")
        let result: Result
        do {
            result = try body(self)
        } catch {
            // A lost connection has rolled back already, and the first error is more informative.
            _ = try? execute("ROLLBACK")
            throw error
        }
        if isDryRun {
            try execute("ROLLBACK")
            return result
        }
        // The server answers COMMIT of a failed transaction with ROLLBACK and no error.
        let tag = try Rows(PQexec(handle, "COMMIT"), connection: handle).commandTag
        guard tag == "COMMIT" else {
            throw PostgresError(.transactionAborted, "A statement failed, so the transaction was rolled back.")
        }
        return result
    }

    /// Runs `body` inside the open transaction, so that only its changes are rolled back when it throws.
    ///
    /// - Throws: Any error of `body`, or ``PostgresError``.
    @discardableResult
    public func savepoint<Result>(_ body: (borrowing Connection) throws -> Result) throws -> Result {
        // Savepoints with the same name nest like brackets, so one name is enough.
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
