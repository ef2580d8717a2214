public import Base
public import Warehouse

/// What is in a warehouse.
public struct StatusResult: ServiceResult {
    /// What was found.
    public let status: Status

    /// The object that `warehouse status --json` prints.
    public var json: JSON {
        [
            "schema_version": 1,
            "kind": .string(status.kind),
            "server_version": .string(status.serverVersion),
            "data_folder": status.dataFolder.map(JSON.string) ?? nil,
            "database": .string(status.database),
            "bytes": .integer(Int(status.bytes)),
            "migrations": .array(status.appliedMigrations.map(JSON.string)),
            "pending": .array((status.pending.migrations + status.pending.views).map(JSON.string)),
            "tables": .array(status.tables.map(Self.json)),
            "last_runs": .array(status.lastRuns.map(Self.json)),
        ]
    }

    private static func json(_ table: Status.Table) -> JSON {
        [
            "name": .string(table.name), "rows": .integer(Int(table.rows)),
            "is_estimate": .boolean(table.isEstimate), "bytes": .integer(Int(table.bytes)),
        ]
    }

    private static func json(_ run: Status.Run) -> JSON {
        [
            "run_id": .integer(Int(run.id)), "pbx": .string(run.pbx), "source": .string(run.source),
            "started_at": .string(run.startedAt), "finished_at": run.finishedAt.map(JSON.string) ?? nil,
            "exit_status": run.exitStatus.map(JSON.integer) ?? nil,
        ]
    }
}
