public import Base

/// Why a service could not do what was requested, if no lower module has reported it already.
public struct ServiceError: CategorisedError {
    /// The kind of failure.
    public let category: ErrorCategory
    /// What happened and what to do, without secrets or callers' numbers.
    public let message: String
    /// The error that caused it.
    public let underlying: (any Error)?

    /// An error with a message.
    public init(_ category: ErrorCategory, _ message: String, underlying: (any Error)? = nil) {
        (self.category, self.message, self.underlying) = (category, message, underlying)
    }

    /// A service's own failures are distinguished only by their category.
    public var code: String { category.rawValue }
    /// The message.
    public var description: String { message }
}
