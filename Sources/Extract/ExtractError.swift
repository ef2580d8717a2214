public import Base

/// Why a source could not be read at all. A single bad record is a ``RejectedRecord`` instead.
public struct ExtractError: CategorisedError, Hashable {
    /// What is wrong; more may come.
    public struct Code: ErrorCode {
        /// The code's name in logs.
        public let rawValue: String

        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// There is no such file, or it cannot be opened.
        public static let noInput = Code(rawValue: "no-input")
        /// The file cannot be read to its end.
        public static let unreadable = Code(rawValue: "unreadable")
        /// More than one layout fits the file.
        public static let ambiguousLayout = Code(rawValue: "ambiguous-layout")
        /// No layout fits the file.
        public static let unknownLayout = Code(rawValue: "unknown-layout")
        /// The table lacks a column without which a record means nothing.
        public static let unknownTable = Code(rawValue: "unknown-table")
        /// The configuration names a column that is none, or that the table does not have.
        public static let unknownColumn = Code(rawValue: "unknown-column")
        /// A table was read in part: the connection broke and could not be restored. It may work later.
        public static let interrupted = Code(rawValue: "interrupted")
        /// The database cannot be reached, or the connection was lost for good.
        public static let unavailable = Code(rawValue: "unavailable")
        /// The configuration names a file for the connection that cannot be used.
        public static let configuration = Code(rawValue: "configuration")
        /// The database refuses the user.
        public static let notPermitted = Code(rawValue: "not-permitted")
    }

    /// What is wrong, for programs.
    public let code: Code
    /// A sentence that a user can act on.
    public let message: String

    /// An error with its sentence.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension ExtractError {
    /// The sentence.
    public var description: String { message }

    /// The kind of failure, by code.
    public var category: ErrorCategory {
        switch code {
        case .noInput: .noInput
        case .unavailable, .notPermitted: .unavailable
        case .interrupted: .tryAgainLater
        case .unknownColumn, .configuration: .configuration
        default: .badData
        }
    }
}
