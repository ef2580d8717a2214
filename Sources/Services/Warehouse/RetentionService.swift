import Base
public import Configuration
import Load
public import Warehouse

/// Removes from the warehouse what is older than the retention period.
public struct RetentionService: Sendable {
    private let settings: Settings
    private let access: WarehouseAccess

    /// A service on one snapshot of the settings.
    ///
    /// - Parameter keepsServer: whether an embedded database keeps running.
    public init(_ settings: Settings, keepsServer: Bool = false) {
        self.settings = settings
        access = WarehouseAccess(settings, keep: keepsServer)
    }

    /// Prunes by a policy, or by the configured one if the policy has no ages; either everything is done or nothing.
    ///
    /// - Parameters:
    ///   - policy: how long each kind is kept.
    ///   - isDryRun: whether to report what would be removed without removing anything.
    /// - Throws: ``ServiceError`` if the policy has no ages, the warehouse is empty, or a run is working on it;
    ///   `WarehouseError`; `PostgresError`.
    public func prune(_ policy: RetentionPolicy, isDryRun: Bool = false) async throws -> PruneResult {
        let policy = policy.isEmpty ? RetentionPolicy(settings.retention) : policy
        guard !policy.isEmpty else {
            throw ServiceError(
                .usage,
                "No age is given. Use --older-than, or --calls, --legs, --events or --rejects, or set [warehouse.retention]."
            )
        }
        let summary = try await access.change { warehouse in
            try PBXRegister.withEveryLock(warehouse.connection) { connection in
                try Pruning(policy).run(connection, isDryRun: isDryRun)
            }
        }
        guard let summary else {
            throw ServiceError(.locked, "A run of `crm-voip etl` is loading. Try again when it is done.")
        }
        return PruneResult(isDryRun: isDryRun, summary: summary)
    }
}

extension RetentionPolicy {
    /// The configured policy.
    init(_ settings: RetentionSettings) {
        self.init()
        calls = settings.calls.map(RetentionAge.init(days:))
        legs = settings.legs.map(RetentionAge.init(days:))
        events = settings.events.map(RetentionAge.init(days:))
        rejects = settings.rejects.map(RetentionAge.init(days:))
    }
}
