/// What kind of failure an error is, as a front end needs to know it.
///
/// Each front end turns a category into its own kind of status with one table: the command line into an exit status, an
/// HTTP server into a response status. A new case needs a line in each table.
public enum ErrorCategory: String, CaseIterable, Hashable, Sendable {
    /// The request itself is wrong: an unknown name, an impossible window, options that cannot be used together.
    case usage
    /// The data that was read is not what it should be.
    case badData
    /// A file or table that should be read is missing.
    case noInput
    /// The PBX or the warehouse does not have what was requested, for instance a channel.
    case notFound
    /// Another run does the same work and holds the lock.
    case locked
    /// A database, PBX or server cannot be reached or does not answer.
    case unavailable
    /// It failed now, and may succeed later without any change.
    case tryAgainLater
    /// The user has no right to do this, or a rule of the configuration forbids it.
    case notPermitted
    /// The configuration is wrong or incomplete.
    case configuration
    /// The other side understood the request and refused it.
    case refused
    /// The request was sent, but its effect was not seen: it may have been carried out, so it must not simply be
    /// repeated.
    case outcomeUnknown
    /// Any other failure, including faults of this program.
    case failed
}
