/// Why a service could not do what was asked: what happened and what to do about it.
public struct ServiceError: Error, Sendable, CustomStringConvertible {
    /// Classes of failure, for front ends to turn into exit statuses or HTTP statuses.
    public enum Category: String, Sendable, Hashable, CaseIterable {
        /// The request itself is wrong.
        case usage
        /// The data is not what it should be.
        case badData
        /// Something that should be read is not there.
        case noInput
        /// Another run is doing the same.
        case locked
        /// The database or the PBX cannot be reached.
        case unavailable
        /// It failed now and may work later.
        case tryAgainLater
        /// Not allowed.
        case notPermitted
        /// The configuration is wrong.
        case configuration
        /// Anything else.
        case failed
    }

    /// What kind of failure it is.
    public var category: Category
    /// What happened and what to do, without secrets and callers' numbers.
    public var message: String
    /// What caused it.
    public var underlying: (any Error)?

    /// An error with its sentence.
    public init(_ category: Category, _ message: String, underlying: (any Error)? = nil) {
        (self.category, self.message, self.underlying) = (category, message, underlying)
    }

    /// The sentence.
    public var description: String { message }
}
