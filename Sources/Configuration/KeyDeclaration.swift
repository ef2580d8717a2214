/// What the file, the environment and the documentation need to know about a key.
struct KeyDeclaration: Sendable {
    /// The path, with `*` for a name that the user chooses: `pbx.*.ami.secret`.
    let pattern: [String]
    /// What values it takes.
    let kind: ValueKind
    /// The default; nil if there is none.
    let standard: SettingValue?
    /// A value that is not the default, for the commented file and the documentation.
    let example: SettingValue
    /// The name used for `*` in the commented file; nil for `main`.
    let exampleName: String?
    /// A key in the same table with the same meaning, which takes precedence if one layer sets both.
    let rival: String?
    /// Another environment variable that sets the key.
    let alias: String?
    /// The key's meaning, in a sentence or two.
    let summary: String

    /// The key's table: `pbx.*.ami`.
    var table: [String] { Array(pattern.dropLast()) }
    /// The key in its table.
    var name: String { pattern.last ?? "" }

    /// Whether `path` is this key; a `*` matches any one name.
    func matches(_ path: [String]) -> Bool {
        path.count == pattern.count && zip(pattern, path).allSatisfy { $0 == "*" || $0 == $1 }
    }
}

/// What the file, the environment and the documentation need to know about a table.
struct TableDeclaration: Sendable {
    /// The table's path, with `*` for a name that the user chooses.
    let pattern: [String]
    /// The name used for `*` in the commented file.
    let exampleName: String?
    /// The table's purpose, in a sentence or two.
    let summary: String
    /// Its keys in the order of the commented file.
    let keys: [KeyDeclaration]
}
