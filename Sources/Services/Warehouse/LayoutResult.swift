public import Base

/// How the tables of the warehouse were laid out anew.
public struct LayoutResult: ServiceResult {
    /// Whether nothing was changed, and this is what would be done.
    public let isDryRun: Bool
    /// The statements, in order; none where nothing is left to do.
    public let statements: [String]

    /// The object that `warehouse distribute --json` and `warehouse partition --json` print.
    public var json: JSON {
        ["schema_version": 1, "dry_run": .boolean(isDryRun), "statements": .array(statements.map(JSON.string))]
    }
}
