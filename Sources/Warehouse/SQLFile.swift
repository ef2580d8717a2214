/// A file of `sql/`, as embedded in the program.
public struct SQLFile: Sendable, Hashable {
    /// The path below `sql/`, such as `0001_legs_and_calls.sql` or `checks/queue_visits_add_up.sql`.
    public let name: String
    /// The file's text.
    public let content: String

    /// A file from elsewhere, for tests.
    public init(name: String, content: String) {
        self.name = name
        self.content = content
    }

    /// All files, ordered by name.
    public static let embedded = SQLFiles.all.map { SQLFile(name: $0.name, content: $0.content) }

    /// An embedded file's text.
    ///
    /// - Throws: ``WarehouseError`` with code `migration` if the program was built without it.
    public static func content(of name: String) throws(WarehouseError) -> String {
        guard let file = embedded.first(where: { $0.name == name }) else {
            throw WarehouseError(.migration, "This program was built without sql/\(name).")
        }
        return file.content
    }

    /// The name without folder and extension.
    var title: String {
        let file = name.split(separator: "/").last ?? ""
        return String(file.hasSuffix(".sql") ? file.dropLast(4) : file)
    }
}

extension [SQLFile] {
    /// The files directly in a folder below `sql/`; `""` is `sql/` itself.
    func inFolder(_ folder: String) -> [SQLFile] {
        let prefix = folder.isEmpty ? "" : folder + "/"
        return filter { file in
            file.name.hasPrefix(prefix) && !file.name.dropFirst(prefix.count).contains("/")
                && file.name.hasSuffix(".sql")
        }
        .sorted { $0.name < $1.name }
    }
}
