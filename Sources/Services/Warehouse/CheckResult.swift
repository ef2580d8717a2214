public import Base
public import Warehouse

/// The result of the integrity checks.
public struct CheckResult: ServiceResult {
    /// The number of checks that were run.
    public let count: Int
    /// Those that failed.
    public let findings: [Checks.Finding]

    /// The object that `warehouse check --json` prints.
    public var json: JSON {
        [
            "schema_version": 1,
            "checks": .integer(count),
            "failed": .array(
                findings.map { finding in
                    [
                        "name": .string(finding.name), "title": .string(finding.title), "rows": .integer(finding.count),
                        "columns": .array(finding.columns.map(JSON.string)),
                        "first_rows": .array(
                            finding.rows.map { row in .array(row.map { cell in cell.map(JSON.string) ?? nil }) }
                        ),
                    ]
                }
            ),
        ]
    }
}
