import CLibPQ

extension Connection {
    /// Sends rows by `COPY … FROM STDIN (FORMAT binary)`.
    ///
    /// Where `body` throws, nothing of it is kept and its error is thrown on; that error wins over the server's. The
    /// server's own objections to a row come at the end, with SQLSTATE. The session must not be used inside `body`.
    ///
    /// - Returns: The rows that the server took.
    /// - Throws: ``PostgresError``, or what `body` throws.
    @discardableResult
    public func copyIn(_ sql: String, body: (inout CopyWriter) throws -> Void) throws -> Int {
        let columns = try beginCopy(sql, PGRES_COPY_IN, binary: true)
        var writer = CopyWriter(handle: handle, columnCount: columns)
        do {
            try body(&writer)
            try writer.finish()
        } catch {
            abandonCopy(PGRES_COPY_IN)
            throw error
        }
        guard PQputCopyEnd(handle, nil) == 1 else { throw PostgresError(connection: handle) }
        let result = PQgetResult(handle)
        defer { drain() }
        return try Rows(result, connection: handle).affected
    }

    /// Starts a COPY in the wanted direction and format.
    ///
    /// - Returns: How many columns it has.
    func beginCopy(_ sql: String, _ wanted: ExecStatusType, binary: Bool) throws(PostgresError) -> Int {
        let result = PQexec(handle, sql)
        let status = PQresultStatus(result)
        if status == wanted, PQbinaryTuples(result) == (binary ? 1 : 0) {
            defer { PQclear(result) }
            return Int(PQnfields(result))
        }
        if status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH {
            PQclear(result)
            abandonCopy(status)
            throw PostgresError(.copy, "The statement copies in another direction or format than the call.")
        }
        _ = try Rows(result, connection: handle)
        throw PostgresError(.copy, "The statement is not a COPY between client and server.")
    }
}
