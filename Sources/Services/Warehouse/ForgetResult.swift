public import Base
public import Warehouse

/// What was erased about a person.
public struct ForgetResult: ServiceResult {
    /// Whether this is a dry run, which shows what would have been erased.
    public let isDryRun: Bool
    /// Numbers that were erased.
    public let numbers: Int
    /// Rows of the warehouse that were changed or removed.
    public let summary: Erasure.Summary
    /// Lines of audit logs in which the number was masked.
    public let auditLines: Int

    /// The object that `warehouse forget --json` prints.
    public var json: JSON {
        [
            "schema_version": 1,
            "dry_run": .boolean(isDryRun),
            "numbers": .integer(numbers),
            "rows": .object(summary.rows.map { ($0.table, .integer($0.count)) }),
            "audit_lines": .integer(auditLines),
        ]
    }
}
