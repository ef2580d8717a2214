import CLibPQ

extension PostgresError {
    /// The error that a failed result carries.
    init(result: OpaquePointer?, connection: OpaquePointer) {
        func field(_ code: UnicodeScalar) -> String? {
            PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) }
        }
        // The macros PG_DIAG_… are character constants, which Swift does not import.
        guard let state = field("C") else {
            self.init(connection: connection)
            return
        }
        self.init(.sql, field("M") ?? "no message")
        sqlState = state
        severity = field("V")
        detail = field("D")
        hint = field("H")
        context = field("W")
        schema = field("s")
        table = field("t")
        column = field("c")
        constraint = field("n")
        position = field("P").flatMap { Int($0) }
        noteSession(of: connection)
        if PQstatus(connection) == CONNECTION_BAD { code = .connectionLost }
    }

    /// The error of the connection itself, when there is no result that could tell.
    init(connection: OpaquePointer) {
        let message = String(cString: PQerrorMessage(connection)).trimmedLines
        if PQstatus(connection) == CONNECTION_BAD {
            self.init(.connectionLost, message.isEmpty ? "the server closed it" : message)
        } else {
            self.init(.protocolViolation, message.isEmpty ? "The database sent no answer." : message)
        }
    }

    /// Keeps whose session it is, for sentences that name a GRANT.
    mutating func noteSession(of connection: OpaquePointer) {
        user = PQuser(connection).map { String(cString: $0) }
        database = PQdb(connection).map { String(cString: $0) }
    }
}

extension String {
    /// The library ends its messages with a line feed, and breaks them with more.
    var trimmedLines: String {
        split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }.joined(separator: "; ")
    }
}
