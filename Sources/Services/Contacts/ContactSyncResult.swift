public import Base
import Load
public import Pipeline

/// What a refresh of the contacts changed.
public struct ContactSyncResult: ServiceResult {
    /// Whether nothing was changed.
    public let isDryRun: Bool
    /// The counts.
    public let summary: ContactRefresh.Summary

    /// The object that `contacts sync --json` prints.
    public var json: JSON {
        let sync = summary.sync
        return [
            "schema_version": 1,
            "dry_run": .boolean(isDryRun),
            "contacts": .integer(sync.contacts),
            "links": .integer(sync.links),
            "inserted": .integer(sync.inserted),
            "updated": .integer(sync.updated),
            "removed": .integer(sync.removed),
            "numbers_changed": .integer(sync.numbersChanged),
            "calls_relinked": .integer(sync.callsRelinked),
            "unreadable_phones": .integer(summary.unreadablePhones),
            "skipped_rows": .integer(summary.skippedRows),
        ]
    }

    /// What to say of rows that are no contacts; `nil` where all are.
    public var skippedRowsWarning: String? {
        summary.skippedRows > 0 ? ContactDirectory.skipped(summary.skippedRows) : nil
    }
}
