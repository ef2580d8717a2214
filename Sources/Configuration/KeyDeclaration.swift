/// What the file, the environment and the documentation need to know of a key.
struct KeyDeclaration: Sendable {
    /// The path, with `*` for a name the user chooses: `pbx.*.ami.secret`.
    let pattern: [String]
    /// What values it takes.
    let kind: ValueKind
    /// What is in force if nobody set it; nil if nothing is.
    let standard: SettingValue?
    /// A value that is not the default, for the commented file and the documentation.
    let example: SettingValue
    /// A key of the same table that means the same thing and wins if both are set by one layer.
    let rival: String?
    /// A further environment variable that sets the key.
    let alias: String?
    /// What it means, in a sentence or two.
    let summary: String

    /// The table that the key is in: `pbx.*.ami`.
    var table: [String] { Array(pattern.dropLast()) }
    /// The key in its table.
    var name: String { pattern.last ?? "" }

    /// Whether `path` is this key; a `*` matches any one name.
    func matches(_ path: [String]) -> Bool {
        path.count == pattern.count && zip(pattern, path).allSatisfy { $0 == "*" || $0 == $1 }
    }
}

/// What the file, the environment and the documentation need to know of a table.
struct TableDeclaration: Sendable {
    /// The table's path, with `*` for a name the user chooses.
    let pattern: [String]
    /// The name that stands for `*` in the commented file.
    let exampleName: String?
    /// What it is about, in a sentence or two.
    let summary: String
    /// Its keys in the order of the commented file.
    let keys: [KeyDeclaration]
}
