import Base
import Postgres
import Warehouse

/// The PBXs, queues and agents that the warehouse knows, to distinguish a misspelled name from a quiet week.
struct KnownNames {
    private let names: [String: [String]]

    init(_ connection: borrowing Connection) throws(PostgresError) {
        let rows = try connection.query(SQLFiles.Calls.names).map { row throws(PostgresError) in
            (kind: try row.text(0), name: try row.text(1))
        }
        names = Dictionary(grouping: rows, by: \.kind).mapValues { $0.map(\.name) }
    }

    /// All names of a kind: `pbx`, `queue` or `agent`.
    func all(_ kind: String) -> [String] { names[kind] ?? [] }

    /// A name as spelled in the warehouse, whatever the case of the given one.
    ///
    /// - Throws: ``ServiceError`` with category `usage` for a name that the warehouse does not know, with suggestions.
    func spelling(_ kind: String, _ name: String) throws(ServiceError) -> String {
        // If a queue has two spellings, one is enough.
        var seen: Set<String> = []
        let known = (names[kind] ?? []).filter { seen.insert($0.lowercased()).inserted }
        if let found = known.first(where: { $0.lowercased() == name.lowercased() }) { return found }
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
