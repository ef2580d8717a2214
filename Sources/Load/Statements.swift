public import Postgres
import Warehouse

/// Statements of `sql/load` that a run executes directly.
public enum Statements {
    /// Updates the statistics of the server's planner after a load, if much of what they describe is new.
    ///
    /// - Parameters:
    ///   - legs: how many were added.
    ///   - events: how many were added.
    ///   - connection: in the transaction of the run.
    /// - Throws: `PostgresError`.
    public static func analyze(after legs: Int64, events: Int64, _ connection: borrowing Connection) throws {
        // With fewer, the server's own plans are good enough.
        guard legs + events > 10_000 else { return }
        let areOutdated = try connection.query(
            SQLFiles.Load.areStatisticsOutdated,
            [.int64(legs), .int64(events)]
        ).first { row throws(PostgresError) in try row.bool(0) }
        if areOutdated == true { try connection.execute(SQLFiles.Load.analyze) }
    }
}
