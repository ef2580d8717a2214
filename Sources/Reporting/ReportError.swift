public import Base

/// Why a report could not be made. The message is for the user; it contains no callers' numbers.
public struct ReportError: CategorisedError {
    /// The kind of failure. New codes may be added.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Kind: String {
            case unknownReport, definition, file, parameter, window, timeZone, check, database, rendering
        }

        private let kind: Kind

        private init(_ kind: Kind) {
            self.kind = kind
        }

        /// No report has this name.
        public static let unknownReport = Code(.unknownReport)
        /// A report's file lacks something required, or its statement returns something else.
        public static let definition = Code(.definition)
        /// A file or directory cannot be read or written.
        public static let file = Code(.file)
        /// A parameter is missing, unknown or of another type.
        public static let parameter = Code(.parameter)
        /// A time window is invalid, or ends before it begins.
        public static let window = Code(.window)
        /// The database does not know the time zone.
        public static let timeZone = Code(.timeZone)
        /// The figures of a row do not add up.
        public static let check = Code(.check)
        /// The database refused or was lost; see ``ReportError/underlying``.
        public static let database = Code(.database)
        /// A format could not be written.
        public static let rendering = Code(.rendering)

        /// The code's name.
        public var description: String { kind.rawValue }
    }

    /// The kind of failure.
    public var code: Code
    /// What happened and what to do about it.
    public var message: String
    /// The place in a report's file: its path or name, and the line counted from 1.
    public var place: (file: String, line: Int)?
    /// The database's error.
    public var underlying: (any Error)?

    /// An error with its sentence.
    public init(
        _ code: Code,
        _ message: String,
        file: String? = nil,
        line: Int? = nil,
        underlying: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.place = file.map { ($0, line ?? 1) }
        self.underlying = underlying
    }
}

extension ReportError {
    /// The kind of failure, by code; if the database failed, its own category.
    public var category: ErrorCategory {
        switch code {
        case .unknownReport, .parameter, .window, .timeZone: .usage
        case .definition: .configuration
        case .file: .noInput
        case .database: (underlying as? any CategorisedError)?.category ?? .failed
        default: .failed
        }
    }

    /// `file:line: message`, or the message alone.
    public var description: String {
        let sentence = underlying.map { "\(message) \($0)" } ?? message
        return place.map { "\($0.file):\($0.line): \(sentence)" } ?? sentence
    }
}
