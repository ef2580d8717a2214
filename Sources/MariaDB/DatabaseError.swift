public import Base

/// What went wrong between us and a MariaDB or MySQL server.
///
/// The text carries the server's sentence only where that sentence cannot quote a value of a row; no password is ever
/// part of it.
public struct DatabaseError: CategorisedError, Equatable {
    /// The kinds of failure a caller reacts to. Open: a new kind does not break a `switch` with a default.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        enum Kind: String, Sendable {
            case connection, authentication, missingDatabase, denied, tls, timeout, lost, sql, storage, file, misuse
        }
        let kind: Kind

        /// The server cannot be reached, or takes no more connections.
        public static let connection = Code(kind: .connection)
        /// The server does not accept the user or the password.
        public static let authentication = Code(kind: .authentication)
        /// The server has no database of that name.
        public static let missingDatabase = Code(kind: .missingDatabase)
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
        /// A file that the configuration names, such as that of the authorities, cannot be used.
        public static let file = Code(kind: .file)
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
    /// The session's database, which the server's sentence leaves out; nil where none was chosen.
    public let database: String?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - number: The server's or client library's number.
    ///   - sqlState: SQLSTATE.
    ///   - message: A sentence without data of any row.
    ///   - database: The session's database.
    public init(
        _ code: Code,
        number: UInt32 = 0,
        sqlState: String = "HY000",
        message: String,
        database: String? = nil
    ) {
        self.code = code
        self.number = number
        self.sqlState = sqlState
        self.message = message
        self.database = database
    }
}

extension DatabaseError {
    /// Whether another try may succeed, and whether the server was there at all.
    public var category: ErrorCategory {
        switch code.kind {
        case .connection, .authentication, .missingDatabase, .denied, .tls: .unavailable
        case .timeout, .lost: .tryAgainLater
        case .sql: .badData
        case .storage: .tryAgainLater
        case .file: .configuration
        case .misuse: .failed
        }
    }

    /// What happened, in the server's own words too, then what to do.
    public var description: String {
        let words = number == 0 ? message : "\(message) (\(number), SQLSTATE \(sqlState))"
        return switch code.kind {
        case .connection: "The MariaDB server cannot be reached: \(words)."
        case .authentication:
            "The MariaDB server does not accept the user or the password: \(words). Correct them in the configuration or in"
                + " my.cnf."
        case .missingDatabase:
            "The MariaDB server has no such database: \(words). Correct its name in the configuration."
        case .denied: "The MariaDB user lacks a right: \(words).\(remedy)"
        case .tls: "No trusted TLS connection to the MariaDB server: \(words)."
        case .timeout: "The MariaDB server did not answer in time: \(words)."
        case .lost: "The connection to the MariaDB server was lost: \(words)."
        case .sql: "The MariaDB server refused the query: \(words)."
        case .storage: "No room for the temporary file of a query's rows: \(words)."
        case .file: message
        case .misuse: "The MariaDB connection cannot be used for this now: \(words)."
        }
    }
}
