/// Every key there is. The file reader, the environment, `config init`, `config show` and `docs/configuration.md` are
/// all derived from this table, so a key is added here and nowhere else.
public enum KeyTable {
    /// The tables in the order of the commented file.
    public static let tables: [TableDeclaration] =
        [pbx, cdrDatabase, managerInterface, dialGuard, warehouse, contacts, reports, reportQueues, etl] + health

    /// The keys of all tables.
    public static let keys: [Declaration] = tables.flatMap(\.keys)

    /// The declaration of a key, if there is such a key.
    static func declaration(of path: [String]) -> Declaration? {
        keys.first { $0.matches(path) }
    }

    /// Whether a table of this path can hold keys, or tables that do.
    static func isTable(_ path: [String]) -> Bool {
        keys.contains { key in
            key.pattern.count > path.count && zip(key.pattern, path).allSatisfy { $0 == "*" || $0 == $1 }
        }
    }
}

extension TableDeclaration {
    /// A key's pattern is written without its table's.
    struct Key {
        var name: String
        var kind: Kind
        var standard: Value?
        var example: Value
        var secrecy: Declaration.Secrecy
        var summary: String

        init(
            _ name: String,
            _ kind: Kind,
            standard: Value? = nil,
            example: Value,
            secrecy: Declaration.Secrecy = .open,
            _ summary: String
        ) {
            self.name = name
            self.kind = kind
            self.standard = standard
            self.example = example
            self.secrecy = secrecy
            self.summary = summary
        }
    }

    init(_ pattern: String, exampleName: String? = nil, _ summary: String, keys: [Key]) {
        self.pattern = pattern.split(separator: ".").map(String.init)
        self.exampleName = exampleName
        self.summary = summary
        self.keys = keys.map { key in
            Declaration(
                pattern + "." + key.name,
                key.kind,
                standard: key.standard,
                example: key.example,
                secrecy: key.secrecy,
                key.summary
            )
        }
    }
}
