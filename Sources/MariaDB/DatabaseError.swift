public import Base

/// What went wrong between us and a MariaDB or MySQL server.
///
/// The text carries the server's sentence only where that sentence cannot quote a value of a row; no password is ever
/// part of it.
public struct DatabaseError: CategorisedError, Equatable {
    /// The kinds of failure a caller reacts to. Open: a new kind does not break a `switch` with a default.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        enum Kind: String, Sendable {
            case connection, authentication, denied, tls, timeout, lost, sql, storage, misuse
        }
        let kind: Kind

        /// The server cannot be reached, or takes no more connections.
        public static let connection = Code(kind: .connection)
        /// The server does not accept the user or the password.
        public static let authentication = Code(kind: .authentication)
        /// The user is known but may not read the database, the table or the column.
        public static let denied = Code(kind: .denied)
        /// TLS was asked for and could not be had, or the server's certificate does not hold.
        public static let tls = Code(kind: .tls)
        /// Nothing came within the time allowed, or the server ended the statement for its length.
        public static let timeout = Code(kind: .timeout)
        /// An established connection broke; a new one may succeed.
        public static let lost = Code(kind: .lost)
        /// The server refused the statement.
        public static let sql = Code(kind: .sql)
        /// There is no room for a temporary file of ours.
        public static let storage = Code(kind: .storage)
        /// The connection was used in a way its state does not allow.
        public static let misuse = Code(kind: .misuse)

        /// The name of the code, as used in logs.
        public var description: String { kind.rawValue }
    }

    /// The kind of failure.
    public let code: Code
    /// The server's or the client library's error number; 0 where there is none.
    public let number: UInt32
    /// The five characters of SQLSTATE; `HY000` where the server has none for the error.
    public let sqlState: String
    /// The server's sentence, or ours where the server's could quote data.
    public let message: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - number: The server's or client library's number.
    ///   - sqlState: SQLSTATE.
    ///   - message: A sentence without data of any row.
    public init(_ code: Code, number: UInt32 = 0, sqlState: String = "HY000", message: String) {
        self.code = code
        self.number = number
        self.sqlState = sqlState
        self.message = message
    }
}

extension DatabaseError {
    /// Whether another try may succeed, and whether the server was there at all.
    public var category: ErrorCategory {
        switch code.kind {
        case .connection, .authentication, .denied, .tls: .unavailable
        case .timeout, .lost: .tryAgainLater
        case .sql: .badData
        case .storage, .misuse: .failed
        }
    }

    /// One sentence that says what to look at, then the server's own words and numbers.
    public var description: String {
        let sentence =
            switch code.kind {
            case .connection: "cannot connect to the MariaDB server"
            case .authentication: "the MariaDB server does not accept the user or the password"
            case .denied: "the MariaDB user may not read this; it needs SELECT on the table"
            case .tls: "no trusted TLS connection to the MariaDB server"
            case .timeout: "the MariaDB server did not answer in time"
            case .lost: "the connection to the MariaDB server was lost"
            case .sql: "the MariaDB server refused the query"
            case .storage: "no room to set a query's rows aside"
            case .misuse: "the MariaDB connection cannot be used for this now"
            }
        return number == 0 ? "\(sentence): \(message)" : "\(sentence): \(message) (\(number), SQLSTATE \(sqlState))"
    }
}
