/// The kinds of values that keys can have, and their names in the documentation.
enum ValueKind: Hashable, Sendable {
    /// Any text.
    case text
    /// A text that other users of the machine may not read.
    case secret
    /// A path; an initial `~/` is the home directory.
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
    /// A Nagios range: values outside it raise an alarm.
    case range
    /// A URL; the part before its `@` may contain a password.
    case url
    /// One text or an array of them.
    case texts
    /// One path or an array of them; `*` and `?` are expanded by the code that opens them.
    case paths
    /// Lengths and patterns of extensions; bare integers are lengths.
    case extensions
}

extension ValueKind {
    /// Whether and how a value must be kept from other users of the machine.
    enum Secrecy: Sendable {
        case open
        /// The value is a secret: masked wherever it is shown, and refused in a file that others can read.
        case secret
        /// A URL that may contain a password; treated as a secret if it does.
        case mayHoldPassword
    }

    /// Whether the value must be kept from other users.
    var secrecy: Secrecy {
        switch self {
        case .secret: .secret
        case .url: .mayHoldPassword
        default: .open
        }
    }

    /// One of an enum's words.
    static func choice<Word: CaseIterable & RawRepresentable<String>>(of type: Word.Type) -> ValueKind {
        .choice(type.allCases.map(\.rawValue))
    }

    /// Whether an environment variable contains several values, separated by commas.
    var isList: Bool {
        switch self {
        case .texts, .paths, .extensions: true
        default: false
        }
    }

    /// The kind's name in the documentation.
    var description: String {
        switch self {
        case .text, .secret: "text"
        case .path: "path"
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .integer(let range): "integer, \(range.lowerBound) to \(range.upperBound)"
        case .seconds(let range):
            "seconds, \(SettingValue.number(range.lowerBound).toml) to \(SettingValue.number(range.upperBound).toml)"
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
}
