import Postgres
import Warehouse

/// A load into empty tables that nobody else reads or writes yet. Plain indexes are built at the end, from all rows
/// together, and a server with `wal_level = minimal` writes no WAL for rows of tables created or truncated in the same
/// transaction.
///
/// The tables are locked until the run's transaction ends, and are unchanged if it is rolled back; until then, other
/// readers and loaders wait. Tables that are in use, or belong to another role, are loaded as usual.
struct FirstLoad {
    /// Statements that rebuild the indexes.
    private var indexes: [String] = []
    private var isOver = false
    /// How long it took to build the indexes.
    private(set) var indexing = Duration.zero

    /// Locks the empty tables.
    init(_ connection: borrowing Connection) throws {
        let isCluster = try connection.query(SQLFiles.Load.isCluster)
            .first { row throws(PostgresError) in try row.bool(0) }
        if isCluster == true { return }
        for table in try Self.emptyTables(connection) {
            do {
                indexes += try connection.savepoint { connection in try Self.take(table, connection) }
            } catch let error as PostgresError where error.isSQLState("55P03") || error.isSQLState("42501") {
                // In use, or not ours to alter.
            }
        }
    }

    /// Builds the indexes, once.
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

    /// Locks a table and drops its plain indexes. Returns the statements that rebuild them.
    private static func take(_ table: String, _ connection: borrowing Connection) throws -> [String] {
        try connection.execute("lock table \(table) in access exclusive mode nowait")
        // Another session may have been quicker.
        guard try emptyTables(connection).contains(table) else { return [] }
        try connection.execute("truncate \(table)")
        let indexes = try connection.query(SQLFiles.Load.plainIndexes, [.text(table)])
            .map { row throws(PostgresError) in (name: try row.text(0), definition: try row.text(1)) }
        for index in indexes { try connection.execute("drop index \(index.name)") }
        return indexes.map(\.definition)
    }
}
