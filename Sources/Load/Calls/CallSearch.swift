public import Postgres
import Warehouse

/// The index `voip.call_search`, which finds calls by linkedid and by the end of a number.
public enum CallSearch {
    /// New legs from which on the index is brought up to date: the calls of fewer are quickly read one by one.
    public static let worthwhile: Int64 = 100

    /// Adds the calls that were written since the last time, unless the table is being vacuumed.
    ///
    /// - Parameter connection: at the end of a run's transaction; the table may not be vacuumed until that is over.
    /// - Throws: `PostgresError`.
    public static func takeIn(_ connection: borrowing Connection) throws {
        do {
            try connection.savepoint { connection in
                try connection.execute("lock table voip.call in share update exclusive mode nowait")
                _ = try connection.query(SQLFiles.Load.summarizeCalls)
            }
        } catch let error as PostgresError where error.isSQLState("55P03") || error.isSQLState("42501") {
            // Autovacuum does the same, or the table belongs to another role.
        }
    }
}
