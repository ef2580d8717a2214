public import Base

/// Why a source could not be read at all. For a single bad record see ``RejectedRecord``.
public struct ExtractError: CategorisedError, Hashable {
    /// The kind of failure; codes may be added.
    public struct Code: ErrorCode {
        /// The code's name in logs.
        public let rawValue: String

        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The file does not exist or cannot be opened.
        public static let noInput = Code(rawValue: "no-input")
        /// The file cannot be read to its end.
        public static let unreadable = Code(rawValue: "unreadable")
        /// More than one layout fits the file.
        public static let ambiguousLayout = Code(rawValue: "ambiguous-layout")
        /// No layout fits the file.
        public static let unknownLayout = Code(rawValue: "unknown-layout")
        /// The table lacks a column without which a record means nothing.
        public static let unknownTable = Code(rawValue: "unknown-table")
        /// The configuration names an unknown column, or one that the table lacks.
        public static let unknownColumn = Code(rawValue: "unknown-column")
        /// A table was read in part: the connection was lost and could not be restored. A later attempt may succeed.
        public static let interrupted = Code(rawValue: "interrupted")
        /// The database cannot be reached, or the connection was lost for good.
        public static let unavailable = Code(rawValue: "unavailable")
        /// The configuration names a connection file that cannot be used.
        public static let configuration = Code(rawValue: "configuration")
        /// The database refuses the user.
        public static let notPermitted = Code(rawValue: "not-permitted")
    }

    /// The kind of failure, for programs.
    public let code: Code
    /// A sentence that tells the user what to do.
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
