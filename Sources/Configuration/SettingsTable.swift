/// A table of the configuration and the struct that its keys fill.
struct SettingsTable<Section: Sendable>: Sendable {
    /// The table's path, with `*` for a name that the user chooses.
    let pattern: [String]
    /// The struct's values if no key is set.
    let standard: Section
    /// Its keys in the order of the commented file.
    let keys: [SettingKey<Section>]
    /// The table and its keys without the struct, for all other readers.
    let declaration: TableDeclaration

    /// Declares a table.
    ///
    /// - Parameters:
    ///   - pattern: Its path, with `*` for a name that the user chooses.
    ///   - exampleName: A name for `*`.
    ///   - summary: Its purpose, in a sentence or two.
    ///   - standard: The struct with the defaults.
    ///   - inherits: Whether an unset key has the value from a table above, and so no default of its own.
    ///   - keys: Its keys, in the order of the commented file.
    init(
        _ pattern: String,
        exampleName: String? = nil,
        _ summary: String,
        fills standard: Section,
        inherits: Bool = false,
        keys: [SettingKey<Section>]
    ) {
        let path = pattern.split(separator: ".").map(String.init)
        self.pattern = path
        self.standard = standard
        self.keys = keys
        declaration = TableDeclaration(
            pattern: path,
            exampleName: exampleName,
            summary: summary,
            keys: keys.map { key in
                KeyDeclaration(
                    pattern: path + [key.name],
                    kind: key.kind,
                    standard: inherits ? nil : key.value(standard),
                    example: key.example ?? .text(""),
                    exampleName: exampleName,
                    rival: key.rival,
                    alias: key.alias,
                    summary: key.summary
                )
            }
        )
    }
}
