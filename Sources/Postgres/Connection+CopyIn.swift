import CLibPQ

extension Connection {
    /// Sends rows by `COPY … FROM STDIN (FORMAT binary)`.
    ///
    /// If `body` throws, no rows are kept and its error is rethrown; it takes precedence over the server's error. The
    /// server's own objections to a row are reported at the end, with SQLSTATE. The session must not be used inside
    /// `body`.
    ///
    /// - Returns: The number of rows that the server accepted.
    /// - Throws: ``PostgresError``, or any error of `body`.
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
        return try rows(of: result).affected
    }

    /// Starts a COPY in the requested direction and format.
    ///
    /// - Returns: Its number of columns.
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
        _ = try rows(of: result)
        throw PostgresError(.copy, "The statement is not a COPY between client and server.")
    }
}
