import CLibPQ

extension PostgresError {
    /// The error of a failed result.
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

    /// The error of the connection itself, if there is no result with more information.
    init(connection: OpaquePointer) {
        let message = String(cString: PQerrorMessage(connection)).trimmedLines
        if Self.breaksProtocol(message) {
            self.init(.protocolViolation, "The database sent something that is no answer: \(message)")
        } else if PQstatus(connection) == CONNECTION_BAD {
            self.init(.connectionLost, message.isEmpty ? "the server closed it" : message)
        } else {
            self.init(.protocolViolation, message.isEmpty ? "The database sent no answer." : message)
        }
    }

    /// Whether the library gave the connection up because of what came over it: something else than PostgreSQL answers. It has
    /// no code for this, only words.
    private static func breaksProtocol(_ message: String) -> Bool {
        ["lost synchronization with server", "do not agree with length in message type"].contains {
            message.contains($0)
        }
    }

    /// Records the session's user and database, for messages that suggest a GRANT.
    mutating func noteSession(of connection: OpaquePointer) {
        user = PQuser(connection).map { String(cString: $0) }
        database = PQdb(connection).map { String(cString: $0) }
    }
}

extension String {
    /// The library's messages end in a line feed, and may contain others.
    var trimmedLines: String {
        split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }.joined(separator: "; ")
    }
}
