public import Base

/// Why the server cannot start, or an account cannot be changed.
public struct ServeError: CategorisedError {
    /// What kind of failure it is.
    public let category: ErrorCategory
    /// What happened and what to do, without secrets.
    public let description: String
    /// What caused it.
    public let underlying: (any Error)?

    init(_ category: ErrorCategory, _ description: String, underlying: (any Error)? = nil) {
        (self.category, self.description, self.underlying) = (category, description, underlying)
    }

    /// The failures are told apart by their category alone.
    public var code: String { category.rawValue }
}
