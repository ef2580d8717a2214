public import Base

/// What went wrong between this process and a MariaDB or MySQL server.
///
/// The text includes the server's message only if that message cannot quote a value of a row; it never contains a
/// password.
public struct DatabaseError: CategorisedError, Equatable {
    /// The kinds of failure that a caller reacts to. Open: a new kind does not break a `switch` with a default.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        enum Kind: String, Sendable {
            case connection, authentication, missingDatabase, denied, tls, timeout, lost, sql, storage, file, misuse
        }
        let kind: Kind

        /// The server cannot be reached, or accepts no more connections.
        public static let connection = Code(kind: .connection)
        /// The server does not accept the user or the password.
        public static let authentication = Code(kind: .authentication)
        /// The server has no database with this name.
        public static let missingDatabase = Code(kind: .missingDatabase)
        /// The user is known but may not read the database, the table or the column.
        public static let denied = Code(kind: .denied)
        /// TLS was requested but is not available, or the server's certificate is invalid.
        public static let tls = Code(kind: .tls)
        /// Nothing arrived within the time limit, or the server ended the statement because it took too long.
        public static let timeout = Code(kind: .timeout)
        /// An established connection was lost; a new one may succeed.
        public static let lost = Code(kind: .lost)
        /// The server refused the statement.
        public static let sql = Code(kind: .sql)
        /// There is no space for our temporary file.
        public static let storage = Code(kind: .storage)
        /// A file named in the configuration, such as that of the authorities, cannot be used.
        public static let file = Code(kind: .file)
        /// The connection was used in a way that its state does not allow.
        public static let misuse = Code(kind: .misuse)

        /// The code's name, as used in logs.
        public var description: String { kind.rawValue }
    }

    /// The kind of failure.
    public let code: Code
    /// The server's or the client library's error number; 0 if there is none.
    public let number: UInt32
    /// The five characters of SQLSTATE; `HY000` if the server has none for the error.
    public let sqlState: String
    /// The server's message, or ours if the server's could quote data.
    public let message: String
    /// The session's database, which the server's message omits; nil if none was selected.
    public let database: String?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - number: The server's or client library's number.
    ///   - sqlState: SQLSTATE.
    ///   - message: A sentence without data from any row.
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
    /// Whether another attempt may succeed, and whether the server was reached at all.
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

    /// What happened, including the server's own words, then what to do.
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
