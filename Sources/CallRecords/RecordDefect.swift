/// Why a record could not be read. The record is rejected with this reason; the records around it are loaded.
public struct RecordDefect: Error, Hashable, Sendable {
    /// What is wrong, for programs; codes may be added.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The code's name, as in `voip.reject.reason_code`.
        public let rawValue: String

        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The line does not have the columns of its file.
        public static let columns = Code(rawValue: "columns")
        /// A quote is missing or misplaced.
        public static let quoting = Code(rawValue: "quoting")
        /// A time is invalid.
        public static let time = Code(rawValue: "time")
        /// A length or number is invalid.
        public static let number = Code(rawValue: "number")
        /// The record is longer than any a PBX writes.
        public static let tooLong = Code(rawValue: "too-long")
        /// The line is not an event of the queue_log.
        public static let event = Code(rawValue: "event")
    }

    /// What is wrong, for programs.
    public let code: Code
    /// A sentence that says what was expected and what was found, without the callers' data.
    public let reason: String

    /// A defect with a sentence.
    public init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}

/// A record that was rejected.
public struct RejectedRecord: Sendable {
    /// Why it was rejected.
    public let defect: RecordDefect
    /// File or table.
    public let origin: String
    /// First line of the record, or number of the row, counted from 1; 0 where the lines before it were not read.
    public let line: Int64
    /// The raw bytes of the record.
    public let bytes: [UInt8]

    /// A rejected record and its place in the source.
    public init(defect: RecordDefect, origin: String, line: Int64, bytes: [UInt8]) {
        self.defect = defect
        self.origin = origin
        self.line = line
        self.bytes = bytes
    }
}
