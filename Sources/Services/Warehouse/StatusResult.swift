public import Base
public import Warehouse

/// The contents of a warehouse.
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
            "pbxs": .array(status.pbxs.map(Self.json)),
            "contacts": .array(status.contacts.map(Self.json)),
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
            "exit_status": run.outcome.map(JSON.integer) ?? nil,
            "seconds": run.seconds.map { .number(($0 * 1000).rounded() / 1000) } ?? nil,
            "cdr": run.legs.map(Self.json) ?? nil,
            "queue_log": run.events.map(Self.json) ?? nil,
            "calls": run.calls.map { .integer(Int($0)) } ?? nil,
            "warnings": .array(run.warnings.map(JSON.string)),
            "error": run.error.map(JSON.string) ?? nil,
        ]
    }

    private static func json(_ counts: Status.Counts) -> JSON {
        [
            "read": .integer(Int(counts.read)), "inserted": .integer(Int(counts.inserted)),
            "updated": .integer(Int(counts.updated)), "rejected": .integer(Int(counts.rejected)),
        ]
    }

    private static func json(_ pbx: Status.PBX) -> JSON {
        func text(_ value: String?) -> JSON { value.map(JSON.string) ?? nil }
        return [
            "name": .string(pbx.name), "timezone": text(pbx.timeZone), "first_call_at": text(pbx.firstCallAt),
            "last_call_at": text(pbx.lastCallAt), "first_event_at": text(pbx.firstEventAt),
            "last_event_at": text(pbx.lastEventAt),
        ]
    }

    private static func json(_ contacts: Status.Contacts) -> JSON {
        [
            "source": .string(contacts.source), "synced_at": contacts.syncedAt.map(JSON.string) ?? nil,
            "contacts": .integer(Int(contacts.count)),
        ]
    }
}
