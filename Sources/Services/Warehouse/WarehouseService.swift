import Base
public import Configuration
import Postgres
import Warehouse

/// The database of the calls: its schema, its contents, and its integrity.
public struct WarehouseService: Sendable {
    private let settings: Settings
    private let access: WarehouseAccess

    /// A service on one snapshot of the settings.
    ///
    /// - Parameter keepsServer: whether an embedded database keeps running.
    public init(_ settings: Settings, keepsServer: Bool = false) {
        self.settings = settings
        access = WarehouseAccess(settings, keep: keepsServer)
    }

    /// Brings the schema up to date; an embedded database is created if necessary.
    ///
    /// - Parameter isDryRun: whether to report what would be done without doing anything.
    /// - Throws: `WarehouseError` or `PostgresError`.
    public func migrate(isDryRun: Bool = false) async throws -> MigrationResult {
        let plan = try await access.open { warehouse in
            isDryRun ? try Migrator().pending(warehouse.connection) : try Migrator().migrate(warehouse.connection)
        }
        return MigrationResult(isDryRun: isDryRun, plan: plan)
    }

    /// Examines the contents of the warehouse. Changes nothing.
    ///
    /// - Parameter runs: how many of the last runs to include.
    /// - Throws: `WarehouseError` or `PostgresError`.
    public func status(runs: Int = 5) async throws -> StatusResult {
        let status = try await access.look { warehouse in
            try warehouse.status(migrator: Migrator(), runs: runs)
        }
        return StatusResult(status: status)
    }

    /// Runs every integrity check. Changes nothing.
    ///
    /// - Throws: `WarehouseError` or `PostgresError`.
    public func check() async throws -> CheckResult {
        let checks = Checks()
        let findings = try await access.read { warehouse in try checks.run(warehouse.connection) }
        return CheckResult(count: checks.count, findings: findings)
    }

    /// Stops an embedded database that was kept or left running.
    ///
    /// - Throws: ``ServiceError`` if the warehouse is not an embedded one; `WarehouseError`, with code `inUse` while
    ///   another command uses it.
    public func stop() async throws -> StopResult {
        guard case .embedded(let folder) = access.location else {
            throw ServiceError(.usage, "The configured database is not an embedded one; stop it where it runs.")
        }
        return StopResult(dataFolder: folder.path, wasRunning: try await Warehouse.stop(folder))
    }

    /// Keeps an embedded database running until the task is cancelled or the database stops; it is created if
    /// necessary.
    ///
    /// - Parameter isUp: called with the data folder when the database is ready.
    /// - Throws: ``ServiceError`` if the warehouse is not an embedded one; `WarehouseError`; `PostgresError` if the
    ///   database was stopped; `CancellationError`.
    public func keepRunning(_ isUp: (String) -> Void) async throws {
        guard case .embedded(let folder) = access.location else {
            throw ServiceError(.usage, "The configured database is not an embedded one; keep it running where it runs.")
        }
        try await access.with { warehouse in
            isUp(folder.path)
            while true {
                try await Task.sleep(for: .seconds(10))
                try warehouse.connection.execute("select 1")
            }
        }
    }
}
