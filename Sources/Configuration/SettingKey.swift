/// A key of the configuration and the property of a settings struct that it fills.
///
/// The key's default is the property's value in a new struct, so that it is written only once.
struct SettingKey<Section: Sendable>: Sendable {
    /// The key in its table.
    let name: String
    /// What values it takes.
    let kind: ValueKind
    /// A value that is not the default, for the commented file.
    let example: SettingValue?
    /// A key in the same table with the same meaning, which takes precedence if one layer sets both.
    let rival: String?
    /// Another environment variable that sets the key.
    let alias: String?
    /// The key's meaning, in a sentence or two.
    let summary: String
    /// The property as a key's value; nil if it has none.
    let value: @Sendable (Section) -> SettingValue?
    /// Sets the property. A value that the property cannot have changes nothing; a test sets every key.
    let fill: @Sendable (inout Section, SettingValue) -> Void

    init<Property: SettingProperty>(
        _ name: String,
        _ kind: ValueKind,
        _ property: any WritableKeyPath<Section, Property> & Sendable,
        example: Property,
        weakerThan rival: String? = nil,
        alias: String? = nil,
        _ summary: String
    ) {
        self.init(
            name: name,
            kind: kind,
            example: example.settingValue,
            rival: rival,
            alias: alias,
            summary: summary,
            value: { $0[keyPath: property].settingValue },
            fill: { section, value in
                if let value = Property(setting: value) { section[keyPath: property] = value }
            }
        )
    }

    private init(
        name: String,
        kind: ValueKind,
        example: SettingValue?,
        rival: String?,
        alias: String?,
        summary: String,
        value: @escaping @Sendable (Section) -> SettingValue?,
        fill: @escaping @Sendable (inout Section, SettingValue) -> Void
    ) {
        self.name = name
        self.kind = kind
        self.example = example
        self.rival = rival
        self.alias = alias
        self.summary = summary
        self.value = value
        self.fill = fill
    }

    /// The same key, for a struct that has this one as a property.
    func inside<Outer: Sendable>(
        _ property: any WritableKeyPath<Outer, Section> & Sendable
    ) -> SettingKey<Outer> {
        SettingKey<Outer>(
            name: name,
            kind: kind,
            example: example,
            rival: rival,
            alias: alias,
            summary: summary,
            value: { value($0[keyPath: property]) },
            fill: { fill(&$0[keyPath: property], $1) }
        )
    }
}
