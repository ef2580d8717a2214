/// What values a key takes, and how they read in the documentation.
public enum Kind: Hashable, Sendable {
    /// Any text.
    case text
    /// A path; `~/` at its start is the home directory.
    case path
    /// One of a few words.
    case choice([String])
    /// A whole number.
    case integer(ClosedRange<Int>)
    /// A length of time in seconds; fractions are allowed.
    case seconds(ClosedRange<Double>)
    case boolean
    /// An IANA time zone name.
    case timeZone
    /// An ISO 3166 country code, two letters.
    case region
    /// A Nagios range: what is outside it raises the alarm.
    case range
    /// A URL; what stands before its `@` may hold a password.
    case url
    /// One text or an array of them.
    case texts
    /// One path or an array of them; `*` and `?` are left to whoever opens them.
    case paths
    /// Lengths and patterns of extensions; bare integers are lengths.
    case extensions
}

extension Kind {
    /// Whether an environment variable holds several values, separated by commas.
    var isList: Bool {
        switch self {
        case .texts, .paths, .extensions: true
        default: false
        }
    }

    /// How the documentation calls it.
    public var description: String {
        switch self {
        case .text: "text"
        case .path: "path"
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .integer(let range): "integer, \(Kind.limits(range))"
        case .seconds(let range): "seconds, \(Kind.limits(Int(range.lowerBound)...Int(range.upperBound)))"
        case .boolean: "`true`, `false`"
        case .timeZone: "time zone"
        case .region: "country code"
        case .range: "Nagios range"
        case .url: "URL"
        case .texts: "text or array"
        case .paths: "path or array"
        case .extensions: "integer, text or array"
        }
    }

    private static func limits(_ range: ClosedRange<Int>) -> String {
        range.upperBound == Int.max ? "from \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
    }
}
