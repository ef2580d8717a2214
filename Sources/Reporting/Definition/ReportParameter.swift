/// A value that a report's statement refers to as `:name`.
public struct ReportParameter: Sendable, Hashable {
    /// The possible types of a parameter: the server's own names.
    public enum Kind: String, Sendable, CaseIterable {
        case text
        case integer
        case bigint
        case numeric
        case boolean
        case date
        case timestamp
        case timestamptz
        case interval
        case jsonb
        case texts = "text[]"
        case timestamps = "timestamptz[]"
    }

    /// The parameter's value if none is given.
    public enum Default: Sendable, Hashable {
        /// A value must be given.
        case required
        /// NULL.
        case null
        /// This text, read as the parameter's type.
        case value(String)
    }

    /// The name after the colon.
    public let name: String
    /// Its type.
    public let kind: Kind
    /// Its value when none is given.
    public let defaultValue: Default
    /// Its purpose.
    public let description: String
}
