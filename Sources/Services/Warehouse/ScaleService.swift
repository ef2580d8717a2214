import Base
public import Configuration
import Load
import Postgres
public import Warehouse

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
    public func distribute(isDryRun: Bool = false) async throws -> LayoutResult {
        try await lay(isDryRun, Distribution().statements) { try Distribution().run($0) }
    }

    /// Keeps legs, queue visits and queue events by month, and adds the months that are missing; everything or nothing is
    /// done.
    ///
    /// - Parameters:
    ///   - first: the first month, also if it has no rows yet; `nil` for this month.
    ///   - ahead: how many months after this one are made.
    ///   - isDryRun: whether to say what would be done, and do nothing.
    /// - Throws: ``ServiceError`` where the warehouse was never made or where a run works on it; `WarehouseError` with code
    ///   `distributed` where it is spread over a cluster; `PostgresError`.
    public func partition(
        from first: PartitionMonth? = nil,
        ahead: Int = 1,
        isDryRun: Bool = false
    ) async throws -> LayoutResult {
        let now = PartitionMonth(of: .now)
        let last = now.adding(ahead)
        let partitioning = Partitioning(covering: min(first ?? now, last)...last)
        return try await lay(isDryRun, partitioning.statements, partitioning.run)
    }

    private func lay(
        _ isDryRun: Bool,
        _ statements: (borrowing Connection) throws -> [String],
        _ run: (borrowing Connection) throws -> [String]
    ) async throws -> LayoutResult {
        let done = try await access.change { warehouse in
            isDryRun
                ? try statements(warehouse.connection)
                : try PBXRegister.withEveryLock(warehouse.connection, run)
        }
        guard let done else {
            throw ServiceError(.locked, "A run of `crm-voip etl` is loading. Try again when it is done.")
        }
        return LayoutResult(isDryRun: isDryRun, statements: done)
    }
}
