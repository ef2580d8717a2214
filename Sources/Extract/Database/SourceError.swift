internal import MariaDB

/// Why a table could not be read to its end. What was handed over until then is right, but it is not all.
public struct SourceError: Error, Sendable, Equatable {
    /// What a caller can do about it. Open: more may come.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The code's name in logs.
        public let rawValue: String

        /// Creates a code.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The server cannot be reached, does not let us in, or refuses the query: see to the configuration.
        public static let unavailable = Code(rawValue: "unavailable")
        /// The connection broke and every new one too: try again later.
        public static let interrupted = Code(rawValue: "interrupted")
        /// The table is not there, or it is not the table it is taken for.
        public static let layout = Code(rawValue: "layout")
    }

    /// What a caller can do about it.
    public let code: Code
    /// A sentence for the log, without data of any row.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    init(_ error: DatabaseError) {
        let passes = error.code == .lost || error.code == .timeout
        self.init(passes ? .interrupted : .unavailable, error.description)
    }
}

extension SourceError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}
