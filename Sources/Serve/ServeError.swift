public import Base

/// Why the server cannot start, or an account cannot be changed.
public struct ServeError: CategorisedError {
    /// The kind of failure.
    public let category: ErrorCategory
    /// What happened and what to do, without secrets.
    public let description: String
    /// The error that caused it.
    public let underlying: (any Error)?

    init(_ category: ErrorCategory, _ description: String, underlying: (any Error)? = nil) {
        (self.category, self.description, self.underlying) = (category, description, underlying)
    }

    /// The failures are distinguished only by their category.
    public var code: String { category.rawValue }
}
