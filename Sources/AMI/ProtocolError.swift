public import Base

/// What can be wrong with bytes on an AMI connection, in either direction.
public struct ProtocolError: CategorisedError, Equatable {
    /// The kind of fault.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String { case notAMI, lineTooLong, messageTooLong, tooManyHeaders, unsendable, badDigits }
        private let value: Value

        /// The greeting is not Asterisk's.
        public static let notAMI = Self(value: .notAMI)
        /// The PBX sent a line longer than the limit.
        public static let lineTooLong = Self(value: .lineTooLong)
        /// The PBX sent a message longer than the limit.
        public static let messageTooLong = Self(value: .messageTooLong)
        /// A message has more headers than the limit.
        public static let tooManyHeaders = Self(value: .tooManyHeaders)
        /// An action has a name or value that cannot be sent as it is.
        public static let unsendable = Self(value: .unsendable)
        /// A string of DTMF digits contains another character.
        public static let badDigits = Self(value: .badDigits)

        /// The code's own name.
        public var description: String { value.rawValue }
    }

    /// The kind of fault.
    public let code: Code
    /// A sentence that says what to change; it never repeats a value.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// A fault in our own text is a usage error; a fault in the PBX's text means that the peer is unusable.
    public var category: ErrorCategory { code == .unsendable || code == .badDigits ? .usage : .unavailable }
}
