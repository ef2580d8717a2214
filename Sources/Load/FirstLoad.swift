import Postgres
import Warehouse

/// A load into empty tables, which nobody else reads or writes yet: plain indexes are made at the end, of all rows at once,
/// and a server with `wal_level = minimal` writes no log of rows that go with the transaction anyway.
///
/// The tables are locked until the run's transaction ends, and are as before if it is rolled back: until then who wants to
/// read or load them waits. Tables that are in use, or another role's, are loaded as always.
struct FirstLoad {
    /// Statements that make the indexes again.
    private var indexes: [String] = []
    private var isOver = false
    /// How long it took to make the indexes.
    private(set) var indexing = Duration.zero

    /// Takes the tables that are empty.
    init(_ connection: borrowing Connection) throws {
        for table in try Self.emptyTables(connection) {
            do {
                indexes += try connection.savepoint { connection in try Self.take(table, connection) }
            } catch let error as PostgresError where error.isSQLState("55P03") || error.isSQLState("42501") {
                // In use, or not ours to change.
            }
        }
    }

    /// Makes the indexes, once.
    mutating func finish(_ connection: borrowing Connection) throws {
        if isOver { return }
        isOver = true
        let begun = ContinuousClock.now
        for index in indexes { try connection.execute(index) }
        indexing = begun.duration(to: .now)
    }

    private static func emptyTables(_ connection: borrowing Connection) throws -> [String] {
        try connection.query(SQLFiles.Load.emptyTables).map { row throws(PostgresError) in try row.text(0) }
    }

    /// Locks a table and takes its plain indexes off. Returns what makes them again.
    private static func take(_ table: String, _ connection: borrowing Connection) throws -> [String] {
        try connection.execute("lock table \(table) in access exclusive mode nowait")
        // Somebody may have been quicker.
        guard try emptyTables(connection).contains(table) else { return [] }
        try connection.execute("truncate \(table)")
        let indexes = try connection.query(SQLFiles.Load.plainIndexes, [.text(table)])
            .map { row throws(PostgresError) in (name: try row.text(0), definition: try row.text(1)) }
        for index in indexes { try connection.execute("drop index \(index.name)") }
        return indexes.map(\.definition)
    }
}
