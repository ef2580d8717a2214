/// Why a record could not be read. It is put aside with its reason; the records around it are loaded.
public struct RecordDefect: Error, Hashable, Sendable {
    /// What is wrong, for programs; more may come.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The code's name, as `voip.reject.reason_code` has it.
        public let rawValue: String

        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The line does not have the columns of its file.
        public static let columns = Code(rawValue: "columns")
        /// A quote is missing or misplaced.
        public static let quoting = Code(rawValue: "quoting")
        /// A time is no time.
        public static let time = Code(rawValue: "time")
        /// A length or number is none.
        public static let number = Code(rawValue: "number")
        /// The record is longer than any that a PBX writes.
        public static let tooLong = Code(rawValue: "too-long")
        /// The line is not an event of the queue_log.
        public static let event = Code(rawValue: "event")
    }

    /// What is wrong, for programs.
    public let code: Code
    /// A sentence that says what was expected and what stands there, without the callers' data.
    public let reason: String

    /// A defect with its sentence.
    public init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}

/// A record that was put aside.
public struct RejectedRecord: Sendable {
    /// Why it was put aside.
    public let defect: RecordDefect
    /// File or table.
    public let origin: String
    /// First line of the record, or number of the row, counted from 1; 0 where the lines before it were not read.
    public let line: Int64
    /// The record as it was read.
    public let bytes: [UInt8]

    /// A record that was put aside, with where it stood.
    public init(defect: RecordDefect, origin: String, line: Int64, bytes: [UInt8]) {
        self.defect = defect
        self.origin = origin
        self.line = line
        self.bytes = bytes
    }
}
