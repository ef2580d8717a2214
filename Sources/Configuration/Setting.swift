/// A key's value in force and where it comes from.
public struct Setting: Sendable {
    /// The path with the names filled in: `["pbx", "main", "ami", "host"]`.
    public let path: [String]
    /// The value in force.
    public let value: Value
    /// Where it comes from.
    public let origin: Origin
    /// What is known of the key.
    public let declaration: Declaration

    /// The path as it is written in TOML.
    public var key: String { DottedPath.written(path) }

    /// The value as TOML with secrets masked.
    public var shown: String {
        switch (declaration.secrecy, value) {
        case (.secret, _): "\"********\""
        case (.mayHoldPassword, .text(let url)): Value.text(ConnectionURL.masked(url)).toml
        default: value.toml
        }
    }

    /// Whether the value is one that other users of the machine may not read.
    var isSecret: Bool {
        switch (declaration.secrecy, value) {
        case (.secret, _): true
        case (.mayHoldPassword, .text(let url)): ConnectionURL.holdsPassword(url)
        default: false
        }
    }
}
