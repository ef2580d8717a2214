public import Postgres
import Warehouse

/// The index `voip.call_search`, which finds calls by linkedid and by the end of a number.
public enum CallSearch {
    /// The number of new legs from which the index is updated: the calls of fewer legs can quickly be read one by one.
    public static let worthwhile: Int64 = 100

    /// Adds the calls written since the last time, unless the table is being vacuumed.
    ///
    /// - Parameter connection: at the end of a run's transaction; the table cannot be vacuumed until that ends.
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
