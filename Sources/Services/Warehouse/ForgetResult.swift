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
    /// What was erased from files.
    public var files = Files()

    /// What was erased from files.
    public struct Files: Sendable, Equatable {
        /// Lines of audit logs in which the number was masked.
        public var auditLines = 0
        /// Records of the file of rejects that were masked.
        public var rejectLines = 0
        /// Files that contain the number and are compressed, so that they were not changed.
        public var unchanged: [String] = []
    }

    /// The object that `warehouse forget --json` prints.
    public var json: JSON {
        [
            "schema_version": 1,
            "dry_run": .boolean(isDryRun),
            "numbers": .integer(numbers),
            "rows": .object(summary.rows.map { ($0.table, .integer($0.count)) }),
            "audit_lines": .integer(files.auditLines),
            "reject_lines": .integer(files.rejectLines),
            "unchanged_files": .array(files.unchanged.map(JSON.string)),
        ]
    }
}
