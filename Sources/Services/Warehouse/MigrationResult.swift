public import Base
public import Warehouse

/// What was done, or would be done, to the schema.
public struct MigrationResult: ServiceResult {
    /// Whether nothing was changed.
    public let isDryRun: Bool
    /// The migrations and views.
    public let plan: Migrator.Plan

    /// The object that `warehouse migrate --json` prints.
    public var json: JSON {
        [
            "schema_version": 1,
            "dry_run": .boolean(isDryRun),
            "migrations": .array(plan.migrations.map(JSON.string)),
            "views": .array(plan.views.map(JSON.string)),
        ]
    }
}

/// The result of stopping an embedded database.
public struct StopResult: ServiceResult {
    /// Its folder.
    public let dataFolder: String
    /// Whether it was running.
    public let wasRunning: Bool

    /// The object that `warehouse stop --json` prints.
    public var json: JSON {
        ["schema_version": 1, "data_folder": .string(dataFolder), "was_running": .boolean(wasRunning)]
    }
}
