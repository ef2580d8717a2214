/// The one shape of this program's errors: a code for programs, a category for front ends, a sentence for people.
///
/// `description` is that sentence: what happened, then what to do about it. It never holds a secret or a caller's number.
public protocol CategorisedError: Error, CustomStringConvertible {
    /// The type of ``code``.
    associatedtype Code: Sendable, CustomStringConvertible

    /// Which failure of its room it is. Codes may be added, so a caller that chooses by code needs a default.
    var code: Code { get }
    /// Which kind of failure it is.
    var category: ErrorCategory { get }
    /// The error that caused this one; `nil` if no other error did.
    var underlying: (any Error)? { get }
}

extension CategorisedError {
    /// No other error caused this one.
    public var underlying: (any Error)? { nil }
}

/// A code that is a name. The set is open, so that adding a code breaks no caller's `switch`.
public protocol ErrorCode: RawRepresentable<String>, Hashable, Sendable, CustomStringConvertible {}

extension ErrorCode {
    /// The code's name, as it appears in logs.
    public var description: String { rawValue }
}
