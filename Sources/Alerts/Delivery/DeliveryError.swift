public import Base

/// Why a message was not taken, or a receiver cannot be used.
public struct DeliveryError: CategorisedError {
    /// The kind of failure.
    public struct Code: ErrorCode {
        /// The code's name in logs.
        public let rawValue: String

        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Too much is waiting, or the disk is full.
        public static let full = Code(rawValue: "full")
        /// Another program has the spool open.
        public static let locked = Code(rawValue: "locked")
        /// The spool's file cannot be used.
        public static let file = Code(rawValue: "file")
        /// The configuration has no receiver of this name.
        public static let unknownReceiver = Code(rawValue: "unknown-receiver")
        /// The configuration of a receiver cannot be used.
        public static let configuration = Code(rawValue: "configuration")
    }

    /// The kind of failure.
    public let code: Code
    /// What happened and what to do, without secrets or callers' numbers.
    public let description: String
    /// The error that caused it.
    public let underlying: (any Error)?

    /// An error with a message.
    public init(_ code: Code, _ description: String, underlying: (any Error)? = nil) {
        (self.code, self.description, self.underlying) = (code, description, underlying)
    }

    init(_ error: FileError) {
        if error.code == .full {
            self.init(.full, "\(error.description) Alerts are not kept until there is space.", underlying: error)
        } else {
            self.init(.file, error.description, underlying: error)
        }
    }

    /// A full disk or spool may have space later.
    public var category: ErrorCategory {
        switch code {
        case .full: .tryAgainLater
        case .locked: .locked
        case .unknownReceiver: .usage
        case .configuration: .configuration
        default: .failed
        }
    }
}
