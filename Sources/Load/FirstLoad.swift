public import Postgres
import Warehouse

/// A load into empty tables that nobody else reads or writes yet. Plain indexes, and the keys of legs and calls, are built
/// at the end, from all rows together, and a server with `wal_level = minimal` writes no WAL for rows of tables created or
/// truncated in the same transaction.
///
/// The tables are locked until the run's transaction ends, and are unchanged if it is rolled back; until then, other
/// readers and loaders wait. Tables that are in use, belong to another role, or to which somebody else's table refers, are
/// loaded as usual.
///
/// A class, because each loader of a run may be the first that needs the indexes.
public final class FirstLoad {
    /// A table that a first load may hold.
    public enum Table: String, CaseIterable, Sendable {
        case events = "voip.queue_event"
        case visits = "voip.queue_visit"
        case legs = "voip.cdr"
        case calls = "voip.call"
    }

    /// An index that is built at the end, or a key.
    private struct Index {
        /// The statement that drops it.
        var drop: String
        /// The statement that creates it.
        var create: String
        /// Whether it is the table's primary key.
        var isKey: Bool
        /// Whether it is there again already.
        var isBuilt = false
    }

    /// What was dropped from the tables that are held.
    private var held: [Table: [Index]] = [:]
    /// How long it took to build the indexes.
    public private(set) var indexing = Duration.zero

    /// Nothing is held yet.
    public init() {}

    /// Locks the empty tables, unless some are held already.
    ///
    /// - Parameter connection: in the transaction of the run.
    /// - Throws: `PostgresError`.
    public func begin(_ connection: borrowing Connection) throws {
        let isCluster = try connection.query(SQLFiles.Load.isCluster)
            .first { row throws(PostgresError) in try row.bool(0) }
        if isCluster == true { return }
        for table in try Self.emptyTables(connection) where held[table] == nil {
            do {
                let indexes = try connection.savepoint { connection in try Self.take(table, connection) }
                if let indexes { held[table] = indexes }
            } catch let error as PostgresError where ["55P03", "42501", "0A000"].contains(where: error.isSQLState) {
                // In use, not ours to alter, or somebody else's table refers to it.
            }
        }
        // Without WAL, the commit waits until all rows are on the disk: the disk can begin while they are copied.
        if !held.isEmpty { try connection.execute("set local backend_flush_after = '2MB'") }
    }

    /// Whether a table was empty when the run began, and nobody else sees it until the run ends.
    public func holds(_ table: Table) -> Bool { held[table] != nil }

    /// Whether a table has no key at present, so that the server neither finds nor refuses a second row of a key.
    public func lacksKey(_ table: Table) -> Bool { held[table]?.contains { $0.isKey && !$0.isBuilt } ?? false }

    /// Builds the indexes of some tables, once: from here on, their rows are found quickly.
    ///
    /// - Throws: `PostgresError`.
    public func buildIndexes(of tables: [Table], _ connection: borrowing Connection) throws {
        for table in tables { try build(table, connection) { _ in true } }
    }

    /// Builds the key of a table, once: from here on, single rows are found quickly, and no key is written twice.
    ///
    /// - Throws: `PostgresError`.
    public func buildKey(of table: Table, _ connection: borrowing Connection) throws {
        try build(table, connection, where: \.isKey)
    }

    /// Runs `body` in a savepoint. If it fails, what it built is gone again.
    ///
    /// - Throws: the error of `body`, or `PostgresError`.
    public func savepoint<Result>(
        _ connection: borrowing Connection,
        _ body: (borrowing Connection) throws -> Result
    ) throws -> Result {
        let before = held
        do {
            return try connection.savepoint(body)
        } catch {
            held = before
            throw error
        }
    }

    private func build(
        _ table: Table,
        _ connection: borrowing Connection,
        where isWanted: (Index) -> Bool
    ) throws {
        guard var indexes = held[table] else { return }
        let begun = ContinuousClock.now
        for index in indexes.indices where !indexes[index].isBuilt && isWanted(indexes[index]) {
            try connection.execute(indexes[index].create)
            indexes[index].isBuilt = true
        }
        held[table] = indexes
        indexing += begun.duration(to: .now)
    }

    /// Ends the load: visits learn their calls, and all indexes are built.
    ///
    /// Visits are written before the legs are read, when no call is known yet. To update each of them afterwards would
    /// take longer than everything else that is done with the queue_log, and would leave as many dead rows.
    ///
    /// - Throws: `PostgresError`.
    public func finish(_ connection: borrowing Connection) throws {
        if var indexes = held[.visits], try Self.hasUnlinkedVisits(connection) {
            for index in indexes.indices where indexes[index].isBuilt {
                try connection.execute(indexes[index].drop)
                indexes[index].isBuilt = false
            }
            held[.visits] = indexes
            try connection.execute(SQLFiles.Load.linkFirstVisits)
        }
        try buildIndexes(of: Table.allCases, connection)
    }

    private static func hasUnlinkedVisits(_ connection: borrowing Connection) throws -> Bool {
        try connection.query(
            """
            select exists (select 1 from voip.cdr)
                and exists (select 1 from voip.queue_visit where source = 'queue_log' and call_id is null)
            """
        ).first { row throws(PostgresError) in try row.bool(0) } ?? false
    }

    private static func emptyTables(_ connection: borrowing Connection) throws -> [Table] {
        try connection.query(SQLFiles.Load.emptyTables)
            .map { row throws(PostgresError) in try row.text(0) }
            .compactMap(Table.init)
    }

    /// Locks a table and drops what is built at the end. Returns that; nil if the table is no longer empty.
    private static func take(_ table: Table, _ connection: borrowing Connection) throws -> [Index]? {
        try connection.execute("lock table \(table.rawValue) in access exclusive mode nowait")
        // Another session may have been quicker.
        guard try emptyTables(connection).contains(table) else { return nil }
        try connection.execute("truncate \(table.rawValue)")
        let indexes = try connection.query(SQLFiles.Load.droppableIndexes, [.text(table.rawValue)])
            .map { row throws(PostgresError) in
                Index(drop: try row.text(0), create: try row.text(1), isKey: try row.bool(2))
            }
        for index in indexes { try connection.execute(index.drop) }
        return indexes
    }
}
