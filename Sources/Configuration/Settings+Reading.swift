extension Settings {
    /// A struct with the settings of a table, and defaults for everything that is not set.
    ///
    /// - Parameters:
    ///   - table: The table.
    ///   - name: The name in place of its `*`.
    ///   - standard: The struct with the defaults; nil for the table's own.
    func read<Section>(
        _ table: SettingsTable<Section>,
        named name: String = "",
        over standard: Section? = nil
    ) -> Section {
        let path = table.pattern.map { $0 == "*" ? name : $0 }
        var section = standard ?? table.standard
        for key in table.keys {
            guard let setting = values[path + [key.name]] else { continue }
            if let rival = key.rival, let other = values[path + [rival]], !other.isEmpty,
                other.origin.rank >= setting.origin.rank
            {
                continue
            }
            key.fill(&section, setting.value(in: places))
        }
        return section
    }

    /// The secret in the file named by a key.
    func secret(inFileOf path: [String]) throws(ConfigurationError) -> String? {
        guard let setting = values[path], case .text(let file) = setting.value(in: places) else { return nil }
        return try PrivateFile.secret(path: file, origin: setting.origin)
    }

    /// Whether a key, or anything in a table, is set.
    func isSet(under path: [String]) -> Bool {
        values.keys.contains { $0.starts(with: path) }
    }
}

extension Setting {
    /// An empty text counts as no value.
    var isEmpty: Bool { value == .text("") }

    /// The value, with the home directory expanded in paths.
    func value(in places: Places) -> SettingValue {
        switch (declaration.kind, value) {
        case (.path, .text(let path)): .text(places.expanded(path))
        case (.paths, .list(let paths)): .list(paths.map(places.expanded))
        default: value
        }
    }
}

extension SettingOrigin {
    /// The layer's rank; a higher rank takes precedence.
    var rank: Int {
        switch self {
        case .builtIn: 0
        case .file: 1
        case .environment: 2
        case .flag: 3
        }
    }
}
