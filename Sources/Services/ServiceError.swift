public import Base

/// Why a service could not do what was asked, where no room below has said it already.
public struct ServiceError: CategorisedError {
    /// What kind of failure it is.
    public let category: ErrorCategory
    /// What happened and what to do, without secrets and callers' numbers.
    public let message: String
    /// What caused it.
    public let underlying: (any Error)?

    /// An error with its sentence.
    public init(_ category: ErrorCategory, _ message: String, underlying: (any Error)? = nil) {
        (self.category, self.message, self.underlying) = (category, message, underlying)
    }

    /// A service's own failures are told apart by their category alone.
    public var code: String { category.rawValue }
    /// The sentence.
    public var description: String { message }
}
