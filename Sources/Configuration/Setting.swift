/// A key's value in force and where it comes from.
public struct Setting: Sendable {
    /// The path with the names filled in: `["pbx", "main", "ami", "host"]`.
    let path: [String]
    /// The value in force.
    let value: SettingValue
    /// Where it comes from.
    public let origin: SettingOrigin
    /// What is known of the key.
    let declaration: KeyDeclaration

    /// The path as it is written in TOML.
    public var key: String { DottedPath.written(path) }

    /// The value as TOML with secrets masked.
    public var shown: String {
        switch (declaration.kind.secrecy, value) {
        case (.secret, _): "\"********\""
        case (.mayHoldPassword, .text(let url)): SettingValue.text(ConnectionURL.masked(url)).toml
        default: value.toml
        }
    }

    /// Whether the value is one that other users of the machine may not read.
    var isSecret: Bool {
        switch (declaration.kind.secrecy, value) {
        case (.secret, _): true
        case (.mayHoldPassword, .text(let url)): ConnectionURL.holdsPassword(url)
        default: false
        }
    }
}
