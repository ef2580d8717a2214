/// A value that a report's statement asks for as `:name`.
public struct ReportParameter: Sendable, Hashable {
    /// Types that a parameter may have: the server's own names.
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

    /// What stands in the parameter's place when nobody gives a value.
    public enum Default: Sendable, Hashable {
        /// A value has to be given.
        case required
        /// NULL.
        case null
        /// This text, read as the parameter's type.
        case value(String)
    }

    /// The name that follows the colon.
    public let name: String
    /// Its type.
    public let kind: Kind
    /// Its value when none is given.
    public let defaultValue: Default
    /// What it is for.
    public let description: String
}
