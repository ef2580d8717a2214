import CLibPQ

extension Connection {
    /// Runs a statement, or a script of several in one implicit transaction. Their rows are discarded.
    ///
    /// - Returns: The number of rows that the last statement affected; 0 if that has no meaning.
    /// - Throws: ``PostgresError``.
    @discardableResult
    public func execute(_ sql: String) throws(PostgresError) -> Int {
        try rows(of: completed(PQexec(handle, sql))).affected
    }

    /// Runs one statement with parameters `$1`, `$2`, … and loads its whole result into memory.
    ///
    /// Use ``copyOut(_:body:)`` for results of any size.
    ///
    /// - Throws: ``PostgresError``.
    @discardableResult
    public func query(
        _ sql: String,
        _ parameters: [Parameter] = [],
        format: Format = .text
    ) throws(PostgresError) -> Rows {
        let encoded = try EncodedParameters(parameters)
        let result = encoded.withPointers { types, values, lengths, formats in
            PQexecParams(handle, sql, Int32(parameters.count), types, values, lengths, formats, format.rawValue)
        }
        return try rows(of: completed(result))
    }

    /// The result of a finished command.
    ///
    /// - Throws: ``PostgresError`` if the command failed, or with code `incompleteResult` if its result lacks rows.
    func rows(of result: OpaquePointer?) throws(PostgresError) -> Rows {
        // Taken before a failure is thrown: what a failed command lost does not concern the next one.
        let isIncomplete = losses.take()
        let rows = try Rows(result, connection: handle)
        guard isIncomplete else { return rows }
        throw PostgresError(
            .incompleteResult,
            "The servers of the cluster lost a part of a result, so its figures would be wrong. Run the command again; if "
                + "that does not help, report it as a fault of crm-voip."
        )
    }

    /// Returns the result of a command, and takes the session out of an unexpected COPY.
    private func completed(_ result: OpaquePointer?) throws(PostgresError) -> OpaquePointer? {
        let status = PQresultStatus(result)
        guard status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH else { return result }
        PQclear(result)
        abandonCopy(status)
        throw PostgresError(.copy, "A COPY between client and server needs copyIn or copyOut.")
    }

    /// Ends a COPY in the given direction and reads the rest of the command's results.
    func abandonCopy(_ status: ExecStatusType) {
        if status == PGRES_COPY_IN {
            PQputCopyEnd(handle, "given up by the client")
        } else {
            cancelToken?.cancel()
            var message: UnsafeMutablePointer<CChar>?
            while PQgetCopyData(handle, &message, 0) > 0 { PQfreemem(message) }
        }
        drain()
    }

    /// Reads the command's results to their end and discards them.
    func drain() {
        defer { _ = losses.take() }
        while let result = PQgetResult(handle) {
            let status = PQresultStatus(result)
            PQclear(result)
            // A broken connection repeats its COPY state forever.
            if status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH { return }
        }
    }
}

/// The transfer format of values.
public struct Format: Sendable, Hashable {
    let rawValue: Int32

    /// As printed by the server.
    public static let text = Format(rawValue: 0)
    /// As stored by the server, in network byte order.
    public static let binary = Format(rawValue: 1)
}
