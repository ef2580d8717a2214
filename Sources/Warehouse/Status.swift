import Postgres

/// The contents of a warehouse.
public struct Status: Sendable, Hashable {
    /// A table of the schema.
    public struct Table: Sendable, Hashable {
        /// Its name, without the schema.
        public let name: String
        /// The number of rows.
        public let rows: Int64
        /// Whether ``rows`` is the planner's estimate, as it is for large tables.
        public let isEstimate: Bool
        /// Its size, including indexes.
        public let bytes: Int64
    }

    /// What the warehouse holds for one PBX. Times are ISO 8601 in UTC; nil if there is nothing.
    public struct PBX: Sendable, Hashable {
        /// Its name in the configuration.
        public let name: String
        /// Its zone, as of the last run.
        public let timeZone: String?
        /// When its first call began.
        public let firstCallAt: String?
        /// When its last call began.
        public let lastCallAt: String?
        /// When its first queue event was logged.
        public let firstEventAt: String?
        /// When its last queue event was logged.
        public let lastEventAt: String?
    }

    /// The contacts of one source.
    public struct Contacts: Sendable, Hashable {
        /// `csv`, a preset's name, or `query`.
        public let source: String
        /// When they were last read without an error, ISO 8601 in UTC; nil if an older version read them.
        public let syncedAt: String?
        /// The number of contacts.
        public let count: Int64
    }

    /// A run of `etl` or of the event store, as recorded in `voip.etl_run`.
    public struct Run: Sendable, Hashable {
        /// The run's number.
        public let id: Int64
        /// The PBX.
        public let pbx: String
        /// Where the records came from.
        public let source: String
        /// ISO 8601 in UTC.
        public let startedAt: String
        /// ISO 8601 in UTC; nil while it runs, or if it was killed.
        public let finishedAt: String?
        /// 0 done, 1 failed, 2 done with rejects; nil while it runs, or if it was killed.
        public let outcome: Int?
        /// How long it took.
        public let seconds: Double?
        /// CDRs; nil if none were to be read.
        public let legs: Counts?
        /// Queue events; nil if none were to be read.
        public let events: Counts?
        /// Calls created or rebuilt.
        public let calls: Int64?
        /// Warnings for the administrator.
        public let warnings: [String]
        /// Why it failed.
        public let error: String?
    }

    /// What became of records of one kind.
    public struct Counts: Sendable, Hashable {
        /// All of them.
        public let read: Int64
        /// How many of them are new.
        public let inserted: Int64
        /// How many of them have changed.
        public let updated: Int64
        /// How many of them could not be loaded.
        public let rejected: Int64
    }

    /// The server's version, such as `15.18`.
    public let serverVersion: String
    /// `embedded` or `server`.
    public let kind: String
    /// The data folder of an embedded server.
    public let dataFolder: String?
    /// The database's name.
    public let database: String
    /// The database's size in bytes.
    public let bytes: Int64
    /// Names of the applied migrations, in order.
    public let appliedMigrations: [String]
    /// What `warehouse migrate` would do.
    public let pending: Migrator.Plan
    /// The tables of the schema, by name.
    public let tables: [Table]
    /// The PBXs, ordered by name.
    public let pbxs: [PBX]
    /// The contacts; the most recently read source first.
    public let contacts: [Contacts]
    /// The most recent runs, latest first.
    public let lastRuns: [Run]
}

extension Warehouse {
    /// Examines the warehouse. Writes nothing.
    ///
    /// - Parameters:
    ///   - migrator: Determines what is pending.
    ///   - runs: How many of the most recent runs to include.
    /// - Returns: The contents, even if no migration has been applied yet.
    /// - Throws: ``PostgresError``, or ``WarehouseError`` if the schema does not fit the program.
    public func status(migrator: Migrator, runs: Int) throws -> Status {
        let version = connection.serverVersion
        var dataFolder: String?
        if case .embedded(let folder) = location { dataFolder = folder.path }
        let bytes = try connection.query("SELECT pg_database_size(current_database())")
            .first { row throws(PostgresError) in try row.int64(0) }
        let ledger = try Ledger(connection)
        return Status(
            serverVersion: "\(version / 10_000).\(version % 10_000)",
            kind: dataFolder == nil ? "server" : "embedded",
            dataFolder: dataFolder,
            database: connection.database,
            bytes: bytes ?? 0,
            appliedMigrations: ledger.migrations.sorted { $0.key < $1.key }.map(\.value.name),
            pending: try migrator.pending(connection),
            tables: try Status.countTables(connection),
            pbxs: try Status.readPBXs(connection),
            contacts: try Status.readContacts(connection),
            lastRuns: try Status.readLastRuns(connection, limit: runs)
        )
    }
}

extension Status {
    /// Tables up to this size are counted; larger ones are estimated.
    private static let countedBytes: Int64 = 64 << 20

    static func countTables(_ connection: borrowing Connection) throws(PostgresError) -> [Table] {
        let sql = """
            SELECT coalesce(root.relname, c.relname), min(c.reltuples)::bigint < 0, sum(c.reltuples)::bigint,
                sum(pg_table_size(c.oid))::bigint, sum(pg_total_relation_size(c.oid))::bigint
            FROM pg_class AS c
            JOIN pg_namespace AS n ON n.oid = c.relnamespace
            -- Partitions count as the table to which they belong.
            LEFT JOIN pg_class AS root ON root.oid = pg_partition_root(c.oid)
            WHERE n.nspname = 'voip' AND c.relkind = 'r' GROUP BY 1 ORDER BY 1
            """
        let found = try connection.query(sql).map { row throws(PostgresError) in
            let estimate = try row.bool(1) ? -1 : row.int64(2)
            return (name: try row.text(0), estimate: estimate, size: try row.int64(3), bytes: try row.int64(4))
        }
        var tables: [Table] = []
        for table in found {
            // -1: never analysed, so there is nothing to estimate from.
            let isEstimate = table.size > countedBytes && table.estimate >= 0
            var rows = table.estimate
            if !isEstimate {
                let count = try connection.query("SELECT count(*) FROM voip.\(SQL.identifier(table.name))")
                rows = try count.first { row throws(PostgresError) in try row.int64(0) } ?? 0
            }
            tables.append(Table(name: table.name, rows: rows, isEstimate: isEstimate, bytes: table.bytes))
        }
        return tables
    }
}
