public import Postgres

/// Brings the schema `voip` to the state that this program needs.
///
/// Each migration is a separate transaction and is recorded with the SHA-256 of its text. Views are not migrations:
/// they are replaced whenever their text has changed. Roles receive their rights at the end.
public struct Migrator: Sendable {
    /// What a run did or would do.
    public struct Plan: Sendable, Hashable {
        /// The migrations, by file name, in order.
        public var migrations: [String]
        /// The views, by file name.
        public var views: [String]

        /// A plan with these files.
        public init(migrations: [String] = [], views: [String] = []) {
            self.migrations = migrations
            self.views = views
        }

        /// Whether the schema is as it should be.
        public var isEmpty: Bool { migrations.isEmpty && views.isEmpty }
    }

    /// `crm-voip` in ASCII. Every migrator holds this lock while it works.
    static let lockKey: Int64 = 0x6372_6D2D_766F_6970

    private let migrations: [Migration]
    private let views: [SQLFile]

    /// - Throws: ``WarehouseError`` for files that are not named as migrations must be.
    public init(files: [SQLFile] = SQLFile.embedded) throws(WarehouseError) {
        migrations = try Migration.all(in: files)
        // Views use functions.
        views = files.inFolder("functions") + files.inFolder("views")
    }

    /// What ``migrate(_:)`` would do. Writes nothing.
    ///
    /// - Throws: ``WarehouseError`` if the database does not fit the program, or ``PostgresError``.
    public func pending(_ connection: borrowing Connection) throws -> Plan {
        let ledger = try Ledger(connection)
        let checksums = try Ledger.checksums(connection, migrations.map(\.content))
        try check(ledger, checksums)
        let views = try changedViews(connection, ledger)
        return Plan(
            migrations: migrations.filter { ledger.migrations[$0.number] == nil }.map(\.name),
            views: views.map(\.file.name)
        )
    }

    /// Applies what is pending. A second migrator waits for the first and then finds nothing to do.
    ///
    /// - Returns: What was applied.
    /// - Throws: ``WarehouseError`` if the database does not fit the program, or ``PostgresError``. Migrations applied
    ///   before the error remain.
    @discardableResult
    public func migrate(_ connection: borrowing Connection) throws -> Plan {
        // Usually nothing is pending, which takes no lock and requires no right to write.
        guard try !pending(connection).isEmpty || WarehouseRoles.areUnsettled(connection) else { return Plan() }
        return try connection.withAdvisoryLock(Self.lockKey) { connection in
            try Ledger.create(connection)
            let ledger = try Ledger(connection)
            let checksums = try Ledger.checksums(connection, migrations.map(\.content))
            try check(ledger, checksums)
            var plan = Plan()
            for (migration, checksum) in zip(migrations, checksums) where ledger.migrations[migration.number] == nil {
                try apply(migration, checksum, connection)
                plan.migrations.append(migration.name)
            }
            let changed = try changedViews(connection, ledger)
            try ViewUpdate(changed: changed, all: views).run(connection)
            plan.views = changed.map(\.file.name)
            try WarehouseRoles.settle(connection)
            return plan
        }
    }

    private func apply(_ migration: Migration, _ checksum: String, _ connection: borrowing Connection) throws {
        try connection.transaction { connection in
            try connection.execute(migration.content)
            try connection.query(
                "insert into voip.schema_migration (number, name, checksum) values ($1, $2, $3)",
                [.int64(Int64(migration.number)), .text(migration.name), .text(checksum)]
            )
        }
    }

    /// - Throws: ``WarehouseError`` if the ledger and the files differ.
    private func check(_ ledger: Ledger, _ checksums: [String]) throws(WarehouseError) {
        let newest = ledger.migrations.keys.max() ?? 0
        for (migration, checksum) in zip(migrations, checksums) {
            guard let applied = ledger.migrations[migration.number] else {
                guard migration.number > newest else {
                    throw WarehouseError(
                        .migration,
                        "sql/\(migration.name) comes before migrations that the database already has. Give it the next "
                            + "free number."
                    )
                }
                continue
            }
            guard applied.checksum == checksum else {
                throw WarehouseError(
                    .migration,
                    "sql/\(migration.name) was changed after it had been applied to this database as \(applied.name). "
                        + "Restore it, and put the change into a new migration."
                )
            }
        }
        let known = Set(migrations.map(\.number))
        guard let unknown = ledger.migrations.filter({ !known.contains($0.key) }).max(by: { $0.key < $1.key }) else {
            return
        }
        throw WarehouseError(
            .migration,
            "The database was migrated by a newer crm-voip (\(unknown.value.name)). Install that version here as well."
        )
    }

    private func changedViews(
        _ connection: borrowing Connection,
        _ ledger: Ledger
    ) throws -> [(file: SQLFile, checksum: String)] {
        let checksums = try Ledger.checksums(connection, views.map(\.content))
        return zip(views, checksums).filter { ledger.views[$0.name] != $1 }.map { (file: $0, checksum: $1) }
    }
}
