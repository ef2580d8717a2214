public import Base

/// What went wrong between this process and a PostgreSQL server.
///
/// ``description`` is one sentence without values from rows: a server's message, detail and context may quote callers'
/// numbers. They are kept in the properties and printed only by ``debugDescription``.
public struct PostgresError: CategorisedError {
    /// The kind of failure, for code that must react to it. New codes may be added.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Kind: String {
            case address, connection, connectionLost, sql, copy, protocolViolation, incompleteResult, parameter, value
            case transactionAborted
        }

        private let kind: Kind

        private init(_ kind: Kind) {
            self.kind = kind
        }

        /// The text with the server's location is invalid.
        public static let address = Code(.address)
        /// The server could not be reached, or refused the login.
        public static let connection = Code(.connection)
        /// The connection was lost during use; it can no longer be used.
        public static let connectionLost = Code(.connectionLost)
        /// The server refused a statement; ``PostgresError/sqlState`` says why.
        public static let sql = Code(.sql)
        /// A COPY was used incorrectly on our side, for instance a row with too few columns.
        public static let copy = Code(.copy)
        /// The server sent something that the protocol does not allow.
        public static let protocolViolation = Code(.protocolViolation)
        /// A cluster lost a part of a result, so its figures would be wrong.
        public static let incompleteResult = Code(.incompleteResult)
        /// A parameter cannot be sent, for instance a text with a NUL character.
        public static let parameter = Code(.parameter)
        /// A cell is not of the requested type.
        public static let value = Code(.value)
        /// A transaction could not be committed because a statement in it had failed.
        public static let transactionAborted = Code(.transactionAborted)

        /// The code's name.
        public var description: String { kind.rawValue }
    }

    /// The kind of failure.
    public var code: Code
    /// The server's five-character SQLSTATE, as in
    /// https://www.postgresql.org/docs/current/errcodes-appendix.html
    public var sqlState: String?
    /// `ERROR`, `FATAL` or `PANIC`, never translated.
    public var severity: String?
    /// The server's or the library's message. May quote values from rows.
    public var message: String
    /// The server's second message. May quote values from rows.
    public var detail: String?
    /// The server's suggestion.
    public var hint: String?
    /// Where it happened; for COPY, with the line and its content.
    public var context: String?
    /// The violated constraint.
    public var constraint: String?
    /// The schema of the table in ``table``.
    public var schema: String?
    /// The table that the error is about.
    public var table: String?
    /// The column that the error is about.
    public var column: String?
    /// The position of the error in the statement, in characters counted from 1.
    public var position: Int?
    /// The user of the session.
    public var user: String?
    /// The database of the session.
    public var database: String?

    /// An error that did not come from the server.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Whether the server reported this SQLSTATE, or one of the class given by its first two characters.
    public func isSQLState(_ state: String) -> Bool {
        guard let sqlState else { return false }
        return state.utf8.count == 2 ? sqlState.hasPrefix(state) : sqlState == state
    }
}

extension PostgresError {
    /// Whether another attempt may succeed, whether the server was reached at all, and whether the user lacks a right.
    public var category: ErrorCategory {
        switch code {
        case .address: .configuration
        case .connection where isPassing: .tryAgainLater
        case .connection where isSQLState("42501"): .notPermitted
        case .connection, .protocolViolation, .incompleteResult: .unavailable
        case .connectionLost: .tryAgainLater
        case .sql where isPassing: .tryAgainLater
        case .sql where isSQLState("42501") || isSQLState("25006"): .notPermitted
        default: .failed
        }
    }

    /// Whether the server's state is the cause rather than the statement: it is shutting down, is out of disk, memory
    /// or connections, or chose this transaction to end a deadlock.
    private var isPassing: Bool {
        ["53", "57P01", "57P02", "57P03", "57P05", "40001", "40P01", "55P03", "58030"].contains(where: isSQLState)
    }
}

extension PostgresError: CustomDebugStringConvertible {
    /// One sentence that tells the user what to do, without values from rows.
    public var description: String {
        if let accessSentence { return accessSentence }
        return switch code {
        case .connection: "The database cannot be reached: \(message)"
        case .connectionLost: "The connection to the database was lost: \(message)"
        case .sql: serverSentence
        default: message
        }
    }

    /// Everything that is known, including parts that may quote values from rows. Not for logs that others can read.
    public var debugDescription: String {
        let fields = [
            ("severity", severity), ("sqlState", sqlState), ("message", message), ("detail", detail), ("hint", hint),
            ("context", context), ("schema", schema), ("table", table), ("column", column),
            ("constraint", constraint),
        ]
        let known = fields.compactMap { name, value in value.map { "\(name): \($0)" } }
        return "PostgresError(\(code), \(known.joined(separator: ", ")))"
    }

    private var serverSentence: String {
        var places: [String] = []
        if let sqlState { places.append("SQLSTATE \(sqlState)") }
        if let table { places.append("table \(schema.map { "\($0)." } ?? "")\(table)") }
        if let column { places.append("column \(column)") }
        if let constraint { places.append("constraint \(constraint)") }
        let place = places.isEmpty ? "" : " (\(places.joined(separator: ", ")))"
        return quotesRows ? "The database refused the data\(place)." : "The database refused: \(message)\(place)."
    }

    /// Messages of classes 22 (data), 23 (constraints), 44 (check option) and P0 (raised by a function) contain values.
    /// All others contain only names of objects, settings and states.
    private var quotesRows: Bool {
        guard let sqlState else { return true }
        return ["22", "23", "44", "P0"].contains { sqlState.hasPrefix($0) }
    }
}
