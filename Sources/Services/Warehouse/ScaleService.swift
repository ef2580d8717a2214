import Base
public import Configuration
import Load
import Warehouse

/// Lays the warehouse out for more data than one table or one server holds well.
public struct ScaleService: Sendable {
    private let access: WarehouseAccess

    /// A service on one snapshot of the settings.
    ///
    /// - Parameter keepsServer: whether an embedded database is left running.
    public init(_ settings: Settings, keepsServer: Bool = false) {
        access = WarehouseAccess(settings, keep: keepsServer)
    }

    /// Spreads the warehouse over the servers of a Citus cluster; everything or nothing is done.
    ///
    /// - Parameter isDryRun: whether to say what would be done, and do nothing. This works without the extension, too.
    /// - Throws: ``ServiceError`` where the warehouse was never made or where a run works on it; `WarehouseError` with code
    ///   `extensionMissing` where the database has no Citus; `PostgresError`.
    public func distribute(isDryRun: Bool = false) async throws -> DistributionResult {
        let statements = try await access.change { warehouse in
            isDryRun
                ? try Distribution().statements(warehouse.connection)
                : try PBXRegister.withEveryLock(warehouse.connection) { try Distribution().run($0) }
        }
        guard let statements else {
            throw ServiceError(.locked, "A run of `crm-voip etl` is loading. Try again when it is done.")
        }
        return DistributionResult(isDryRun: isDryRun, statements: statements)
    }
}
