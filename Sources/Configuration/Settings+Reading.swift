/// Typed looks at single keys. A key of another kind is a mistake of the caller and stops the program; a test reads
/// every key there is.
extension Settings {
    func text(_ path: String...) -> String? {
        guard let setting = setting(path) else { return nil }
        guard case .text(let text) = setting.value else { preconditionFailure("\(setting.key) is not a text") }
        return setting.declaration.kind == .path ? places.expanded(text) : text
    }

    func list(_ path: String...) -> [String] {
        guard let setting = setting(path) else { return [] }
        guard case .list(let items) = setting.value else { preconditionFailure("\(setting.key) is not a list") }
        return setting.declaration.kind == .paths ? items.map(places.expanded) : items
    }

    func integer(_ path: String...) -> Int? {
        guard let setting = setting(path) else { return nil }
        guard case .integer(let integer) = setting.value else {
            preconditionFailure("\(setting.key) is not an integer")
        }
        return integer
    }

    func seconds(_ path: String...) -> Double? {
        guard let setting = setting(path) else { return nil }
        guard case .number(let number) = setting.value else { preconditionFailure("\(setting.key) is not a number") }
        return number
    }

    func boolean(_ path: String...) -> Bool {
        guard let setting = setting(path) else { return false }
        guard case .boolean(let boolean) = setting.value else { preconditionFailure("\(setting.key) is not a boolean") }
        return boolean
    }

    /// A secret that is either set itself or stands in the file that `fileKey` names; the one set by the stronger layer
    /// wins, and within a layer the secret itself.
    func secret(_ table: [String], _ key: String, file fileKey: String) throws(ConfigurationError) -> String? {
        let own = setting(table + [key])
        let file = setting(table + [fileKey])
        if let own, case .text(let text) = own.value, (file?.origin.rank ?? 0) <= own.origin.rank { return text }
        guard let file, case .text(let path) = file.value else { return nil }
        return try PrivateFile.secret(path: places.expanded(path), origin: file.origin)
    }
}

extension Settings {
    /// Whether somebody set anything of a table.
    func isSet(under table: [String]) -> Bool {
        all.contains { $0.path.starts(with: table) && $0.origin != .builtIn }
    }

    /// Whether one key was set by a stronger layer than another.
    func isStronger(_ path: [String], than other: [String]) -> Bool {
        (setting(path)?.origin.rank ?? 0) > (setting(other)?.origin.rank ?? 0)
    }
}

extension Origin {
    /// Which layer it is; the higher one wins.
    fileprivate var rank: Int {
        switch self {
        case .builtIn: 0
        case .file: 1
        case .environment: 2
        case .flag: 3
        }
    }
}
