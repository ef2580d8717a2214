/// One key of the configuration: everything that is known of it, in one place.
public struct Declaration: Sendable {
    /// Whether and how a value must be kept from other users of the machine.
    public enum Secrecy: Sendable {
        case open
        /// The value is a secret: masked wherever it is shown, refused in a file that others can read.
        case secret
        /// A URL in which a password may stand; the same holds if one does.
        case mayHoldPassword
    }

    /// The path, with `*` for a name the user chooses: `pbx.*.ami.secret`.
    public let pattern: [String]
    /// What values it takes.
    public let kind: Kind
    /// What is in force if nobody set it; nil if nothing is.
    public let standard: Value?
    /// A value that is not the default, for the commented file and the documentation.
    public let example: Value
    /// What it means, in a sentence or two.
    public let summary: String
    /// Whether the value must be kept from other users.
    public let secrecy: Secrecy

    init(
        _ pattern: String,
        _ kind: Kind,
        standard: Value? = nil,
        example: Value,
        secrecy: Secrecy = .open,
        _ summary: String
    ) {
        self.pattern = pattern.split(separator: ".").map(String.init)
        self.kind = kind
        self.standard = standard
        self.example = example
        self.secrecy = secrecy
        self.summary = summary
    }

    /// The table the key stands in: `pbx.*.ami`.
    public var table: [String] { Array(pattern.dropLast()) }
    /// The key in its table.
    public var name: String { pattern.last ?? "" }

    /// Whether `path` is this key; a `*` matches any one name.
    func matches(_ path: [String]) -> Bool {
        path.count == pattern.count && zip(pattern, path).allSatisfy { $0 == "*" || $0 == $1 }
    }
}

/// A table of the configuration.
public struct TableDeclaration: Sendable {
    /// The table's path, with `*` for a name the user chooses.
    public let pattern: [String]
    /// The name that stands for `*` in the commented file.
    public let exampleName: String?
    /// What it is about, in a sentence or two.
    public let summary: String
    /// Its keys in the order of the commented file.
    public let keys: [Declaration]
}
