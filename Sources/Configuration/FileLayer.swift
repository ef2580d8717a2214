import Base

/// The keys that the configuration file sets.
struct FileLayer {
    var settings: [Setting] = []
    /// Everything that is wrong with the file, in the order of its lines.
    var problems: [ConfigurationError] = []
    /// The names that the user chose, by their table.
    var names: [[String]: [String]] = [:]

    /// Reads a document. `isExposed` says whether others can read the file, and `mode` is its permissions.
    init(_ document: TOMLDocument, file: String, isExposed: Bool, mode: String) {
        var unknown: [[String]] = []
        for node in document.nodes {
            // Keys in an unknown table were already reported with the table.
            if unknown.contains(where: { node.path.starts(with: $0) }) { continue }
            let origin = SettingOrigin.file(path: file, line: node.line, column: node.column)
            let key = DottedPath.written(node.path)
            guard let declaration = KeyTable.declaration(of: node.path) else {
                if !KeyTable.isTable(node.path) {
                    unknown.append(node.path)
                    problems.append(ConfigurationError(.unknownKey, FileLayer.unknown(node.path), at: origin))
                } else if node.content == .table {
                    note(name: node.path)
                } else {
                    problems.append(ConfigurationError(.badValue, "\(key) should be a table: [\(key)].", at: origin))
                }
                continue
            }
            guard let value = declaration.kind.value(of: node.content) else {
                let message = "\(key) should be \(declaration.kind.expectation)."
                problems.append(ConfigurationError(.badValue, message, at: origin))
                continue
            }
            let setting = Setting(path: node.path, value: value, origin: origin, declaration: declaration)
            if setting.isSecret, isExposed {
                let message = "\(key) is a secret, and the file's mode \(mode) lets others read it: chmod 600 it."
                problems.append(ConfigurationError(.exposedSecret, message, at: origin))
                continue
            }
            settings.append(setting)
        }
    }

    private mutating func note(name path: [String]) {
        guard
            let declaration = KeyTable.keys.first(where: { key in
                key.pattern.count > path.count && zip(key.pattern, path).allSatisfy { $0 == "*" || $0 == $1 }
                    && key.pattern[path.count - 1] == "*"
            })
        else { return }
        names[Array(declaration.pattern[..<(path.count - 1)]), default: []].append(path[path.count - 1])
    }

    /// The message about an unknown key.
    private static func unknown(_ path: [String]) -> String {
        let written = DottedPath.written(path)
        let name = path[path.count - 1]
        let neighbours = KeyTable.keys.filter { $0.matches(path.dropLast() + [$0.name]) }.map(\.name)
        let neighbour = neighbours.first { $0.hasPrefix(name) } ?? Suggestion.nearest(to: name, among: neighbours)
        let keys = KeyTable.keys.map { DottedPath.written($0.path(likeIn: path)) }
        let tables = KeyTable.tables.map {
            DottedPath.written(DottedPath.filled($0.pattern, from: path, $0.exampleName))
        }
        let meant =
            neighbour.map { DottedPath.written(path.dropLast() + [$0]) }
            ?? Suggestion.nearest(to: written, among: keys + tables)
            ?? KeyTable.keys.first { $0.name == name }.map { DottedPath.written($0.path(likeIn: path)) }
        return "Unknown key \(written)\(meant.map { "; did you mean \($0)?" } ?? ".")"
    }
}
