public import Base
public import Postgres

/// The time from which the warehouse keeps what runs load: `warehouse prune` removed what ended earlier.
public enum KeptFrom {
    /// The latest of the moments from which calls, legs and queue events are kept; `nil` if nothing was pruned.
    ///
    /// - Throws: `PostgresError`.
    public static func moment(_ connection: borrowing Connection) throws -> Moment? {
        try connection.query("select kept_from from voip.retention order by kept_from desc limit 1", format: .binary)
            .first { row throws(PostgresError) in try row.moment(0) }
    }
}
