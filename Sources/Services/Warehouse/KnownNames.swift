import Base
import Postgres
import Warehouse

/// The PBXs, queues and agents that the warehouse knows, to tell a misspelt name from a quiet week.
struct KnownNames {
    private let names: [String: [String]]

    init(_ connection: borrowing Connection) throws(PostgresError) {
        let rows = try connection.query(SQLFiles.Calls.names).map { row throws(PostgresError) in
            (kind: try row.text(0), name: try row.text(1))
        }
        names = Dictionary(grouping: rows, by: \.kind).mapValues { $0.map(\.name) }
    }

    /// Refuses a name that the warehouse does not know.
    ///
    /// - Parameters:
    ///   - kind: `pbx`, `queue` or `agent`.
    ///   - others: more names that are right, such as an agent's extension.
    /// - Throws: ``ServiceError`` with category `usage`, and the names that were probably meant.
    func check(_ kind: String, _ name: String?, others: [String] = []) throws(ServiceError) {
        if let name { _ = try spelling(kind, name, others: others) }
    }

    /// A name as the warehouse writes it, whatever the case of the letters that were given.
    ///
    /// - Throws: as ``check(_:_:others:)``.
    func spelling(_ kind: String, _ name: String, others: [String] = []) throws(ServiceError) -> String {
        // Of two spellings of a queue one is enough.
        var seen: Set<String> = []
        let known = (names[kind] ?? []).filter { seen.insert($0.lowercased()).inserted }
        if let found = (known + others).first(where: { $0.lowercased() == name.lowercased() }) { return found }
        let title = kind == "pbx" ? "PBX" : kind
        var message = "Unknown \(title) \(name)"
        if let near = Suggestion.nearest(to: name.lowercased(), among: known.map { $0.lowercased() }),
            let written = known.first(where: { $0.lowercased() == near })
        {
            message += "; did you mean \(written)?"
        } else {
            message += "."
        }
        if known.isEmpty {
            message += " The warehouse has no \(title == "PBX" ? title : title + "s") yet."
        } else {
            let list = known.prefix(Self.shown).joined(separator: ", ")
            message += " Available: \(list)\(known.count > Self.shown ? ", …" : "")."
        }
        throw ServiceError(.usage, message)
    }

    private static let shown = 20
}
