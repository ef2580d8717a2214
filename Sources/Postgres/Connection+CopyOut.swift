import CLibPQ

extension Connection {
    /// Reads a result of any size by `COPY … TO STDOUT (FORMAT binary)`, one row at a time.
    ///
    /// If `body` throws, the server is told to stop and the error is rethrown. The session must not be used inside
    /// `body`.
    ///
    /// - Throws: ``PostgresError``, or any error of `body`.
    public func copyOut(_ sql: String, body: (borrowing BinaryRow) throws -> Void) throws {
        _ = try beginCopy(sql, PGRES_COPY_OUT, binary: true)
        var decoder = CopyDecoder()
        try receiveCopy { try decoder.feed($0, body) }
        guard decoder.isDone else {
            throw PostgresError(.protocolViolation, "The database ended a COPY in the middle.")
        }
    }

    private func receiveCopy(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        while true {
            var message: UnsafeMutablePointer<CChar>?
            let count = PQgetCopyData(handle, &message, 0)
            guard count > 0 else { break }
            defer { PQfreemem(message) }
            do {
                try body(UnsafeRawBufferPointer(start: message, count: Int(count)))
            } catch {
                abandonCopy(PGRES_COPY_OUT)
                throw error
            }
        }
        // Both the end and a failure are reported as a result.
        let result = PQgetResult(handle)
        defer { drain() }
        _ = try rows(of: result)
    }
}
