import CLibPQ

/// The whole result of a statement. Owns the memory in which libpq keeps it.
public struct Rows: ~Copyable {
    /// A column of a result.
    public struct Column: Sendable, Hashable {
        /// The column's name or alias.
        public let name: String
        /// The object id of its type in `pg_type`.
        public let type: UInt32
    }

    private let result: OpaquePointer

    /// Takes ownership of a finished command's result.
    ///
    /// - Throws: ``PostgresError`` if the command failed; the result is freed in that case too.
    init(_ result: OpaquePointer?, connection: OpaquePointer) throws(PostgresError) {
        let status = PQresultStatus(result)
        guard let result, status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY else {
            let error = PostgresError(result: result, connection: connection)
            PQclear(result)
            throw error
        }
        self.result = result
    }

    deinit {
        PQclear(result)
    }

    /// The number of rows.
    public var count: Int { Int(PQntuples(result)) }

    /// Whether there are no rows.
    public var isEmpty: Bool { count == 0 }

    /// The columns, in order.
    public var columns: [Column] {
        (0..<PQnfields(result)).map { Column(name: String(cString: PQfname(result, $0)), type: PQftype(result, $0)) }
    }

    /// The number of rows that the statement inserted, updated, deleted, copied or returned.
    public var affected: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    /// The server's name for what it did, such as `COMMIT`.
    var commandTag: String { String(cString: PQcmdStatus(result)) }

    /// Passes on each row in turn.
    public func forEach<Failure>(_ body: (borrowing Row) throws(Failure) -> Void) throws(Failure) {
        for index in 0..<PQntuples(result) { try body(Row(result: result, index: index)) }
    }

    /// The results of `body` for each row.
    public func map<Element, Failure>(
        _ body: (borrowing Row) throws(Failure) -> Element
    ) throws(Failure) -> [Element] {
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for index in 0..<PQntuples(result) { elements.append(try body(Row(result: result, index: index))) }
        return elements
    }

    /// The result of `body` for the first row; nil if there is none.
    public func first<Element, Failure>(
        _ body: (borrowing Row) throws(Failure) -> Element
    ) throws(Failure) -> Element? {
        isEmpty ? nil : try body(Row(result: result, index: 0))
    }
}
