public import Base
public import Postgres

/// From when on the warehouse keeps what runs load: what ended before was removed by `warehouse prune`.
public enum KeptFrom {
    /// The latest of the moments from which calls, legs and queue events are kept; `nil` where nothing was pruned.
    ///
    /// - Throws: `PostgresError`.
    public static func moment(_ connection: borrowing Connection) throws -> Moment? {
        try connection.query("select kept_from from voip.retention order by kept_from desc limit 1", format: .binary)
            .first { row throws(PostgresError) in try row.moment(0) }
    }
}
