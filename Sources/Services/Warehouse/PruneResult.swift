public import Base
public import Warehouse

/// What was removed from the warehouse.
public struct PruneResult: ServiceResult {
    /// Whether this is a dry run, which shows what would have been removed.
    public let isDryRun: Bool
    /// What was removed.
    public let summary: Pruning.Summary

    /// The object that `warehouse prune --json` prints.
    public var json: JSON {
        [
            "schema_version": 1,
            "dry_run": .boolean(isDryRun),
            "kept_from": .object(
                summary.keptFrom.map { kind, moment in
                    (kind, .string(CivilTime(secondsSince1970: moment.wholeSeconds).iso8601))
                }
            ),
            "removed": .object(summary.removals.map { ($0.table, .integer($0.rows)) }),
        ]
    }
}
