public import Base

/// How the warehouse was spread over a cluster.
public struct DistributionResult: ServiceResult {
    /// Whether nothing was changed, and this is what would be done.
    public let isDryRun: Bool
    /// The statements, in order; none where everything is distributed already.
    public let statements: [String]

    /// The object that `warehouse distribute --json` prints.
    public var json: JSON {
        ["schema_version": 1, "dry_run": .boolean(isDryRun), "statements": .array(statements.map(JSON.string))]
    }
}
