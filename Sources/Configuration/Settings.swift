/// The effective configuration: flags take precedence over the environment, the file and the defaults, in this order.
public struct Settings: Sendable {
    /// The file that was read; nil if there is none.
    public let file: String?
    /// Settings that are unusual but harmless, one sentence each.
    public let warnings: [String]
    /// Where files go by default.
    public let places: Places

    /// The values that were set, by path. A key that was not set has its declaration's default.
    private(set) var values: [[String]: Setting]
    private let names: [[String]: [String]]

    /// Finds and reads the configuration.
    ///
    /// The file is `named`, else `$CRM_VOIP_CONFIG`, else the first existing one of `Places.configurationFiles`, else
    /// none. A named file must exist.
    public static func load(
        named: String? = nil,
        environment: [String: String]
    ) throws(ConfigurationError) -> Settings {
        let (settings, problems) = try read(named: named, environment: environment)
        if let first = problems.first { throw first }
        return settings
    }

    /// Like `load`, but returns all faults of the file instead of throwing the first one.
    public static func read(
        named: String? = nil,
        environment: [String: String]
    ) throws(ConfigurationError) -> (settings: Settings, problems: [ConfigurationError]) {
        let places = Places(environment: environment)
        let file = try findFile(named: named, environment: environment, places: places)
        var layer: FileLayer?
        if let (path, file) = file {
            // It says where secrets are sent and what is run, so only this user and root may be able to change it.
            if let reason = file.distrust {
                throw ConfigurationError(.notTrusted, "The configuration \(path) is not used, because \(reason).")
            }
            let document = try TOMLDocument(parsing: file.bytes, file: path)
            layer = FileLayer(document, file: path, isExposed: file.isExposed, mode: file.mode)
        }
        let variables = try EnvironmentLayer(environment, names: layer?.names ?? [:])
        var values: [[String]: Setting] = [:]
        for setting in (layer?.settings ?? []) + variables.settings { values[setting.path] = setting }
        let settings = Settings(
            file: file?.path,
            warnings: variables.warnings,
            places: places,
            values: values,
            names: layer?.names ?? [:]
        )
        return (settings, layer?.problems ?? [])
    }

    private static func findFile(
        named: String?,
        environment: [String: String],
        places: Places
    ) throws(ConfigurationError) -> (path: String, file: PrivateFile)? {
        let variable = environment["CRM_VOIP_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
        if let path = (named ?? variable).map(places.expanded) {
            guard let file = try PrivateFile(path: path) else {
                throw ConfigurationError(
                    .unreadable,
                    "The file \(path) does not exist.",
                    at: named == nil ? .environment(variable: "CRM_VOIP_CONFIG") : .flag(name: "--config")
                )
            }
            return (path, file)
        }
        for path in places.configurationFiles {
            if let file = try PrivateFile(path: path) { return (path, file) }
        }
        return nil
    }

    /// Sets a key from a flag, with the highest precedence.
    public mutating func set(_ path: String..., to text: String, flag: String) throws(ConfigurationError) {
        guard let declaration = KeyTable.declaration(of: path) else {
            throw ConfigurationError(.unknownKey, "Unknown key \(DottedPath.written(path)).", at: .flag(name: flag))
        }
        guard let value = declaration.kind.value(of: text) else {
            let message = "The value should be \(declaration.kind.expectation)."
            throw ConfigurationError(.badValue, message, at: .flag(name: flag))
        }
        values[path] = Setting(path: path, value: value, origin: .flag(name: flag), declaration: declaration)
    }

    /// The names in use in a table whose subtables the user names: the PBXs of `["pbx"]`.
    func names(in table: [String]) -> [String] {
        let set = values.keys.filter { $0.count > table.count && $0.starts(with: table) }.map { $0[table.count] }
        return Set(set + (names[table] ?? [])).sorted()
    }

    /// The effective value of a key; nil if it is not set and has no default.
    private func setting(_ path: [String], of declaration: KeyDeclaration) -> Setting? {
        values[path]
            ?? declaration.standard.map { standard in
                Setting(path: path, value: standard, origin: .builtIn, declaration: declaration)
            }
    }

    /// All effective values, in the order of `KeyTable`, including defaults for the names that are in use.
    public var all: [Setting] {
        var all: [Setting] = []
        for table in KeyTable.tables {
            guard let star = table.pattern.firstIndex(of: "*") else {
                all += table.keys.compactMap { setting($0.pattern, of: $0) }
                continue
            }
            for name in names(in: Array(table.pattern[..<star])) {
                all += table.keys.compactMap { key in
                    var path = key.pattern
                    path[star] = name
                    return setting(path, of: key)
                }
            }
        }
        return all
    }
}
