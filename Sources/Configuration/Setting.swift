/// A key's effective value and its origin.
public struct Setting: Sendable {
    /// The path, with names filled in: `["pbx", "main", "ami", "host"]`.
    let path: [String]
    /// The effective value.
    let value: SettingValue
    /// The value's origin.
    public let origin: SettingOrigin
    /// The key's declaration.
    let declaration: KeyDeclaration

    /// The path as written in TOML.
    public var key: String { DottedPath.written(path) }

    /// The value as TOML with secrets masked.
    public var shown: String {
        switch (declaration.kind.secrecy, value) {
        case (.secret, _): "\"********\""
        case (.mayHoldPassword, .text(let url)): SettingValue.text(ConnectionURL.masked(url)).toml
        default: value.toml
        }
    }

    /// Whether other users of the machine may not read the value.
    var isSecret: Bool {
        switch (declaration.kind.secrecy, value) {
        case (.secret, _): true
        case (.mayHoldPassword, .text(let url)): ConnectionURL.holdsPassword(url)
        default: false
        }
    }
}
