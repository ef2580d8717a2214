public import Postgres
import Warehouse

/// The indexes `voip.call_search` and `voip.queue_visit_search`, which find calls by linkedid, extension, agent and queue.
public enum CallSearch {
    /// The number of new legs and queue events from which the indexes are updated: fewer rows can quickly be read one by one.
    public static let worthwhile: Int64 = 100

    /// Adds the calls written since the last time, unless a table is being vacuumed.
    ///
    /// - Parameter connection: at the end of a run's transaction; the table cannot be vacuumed until that ends.
    /// - Throws: `PostgresError`.
    public static func takeIn(_ connection: borrowing Connection) throws {
        do {
            try connection.savepoint { connection in
                try connection.execute("lock table voip.call, voip.queue_visit in share update exclusive mode nowait")
                _ = try connection.query(SQLFiles.Load.summarizeCalls)
            }
        } catch let error as PostgresError where error.isSQLState("55P03") || error.isSQLState("42501") {
            // Autovacuum does the same, or the tables belong to another role.
        }
    }
}
