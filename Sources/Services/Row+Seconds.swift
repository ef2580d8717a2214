import Base
import Postgres

extension Row {
    /// A cell that holds whole seconds since 1970-01-01 00:00:00 UTC.
    func second(_ column: Int) throws(PostgresError) -> Moment {
        Moment(seconds: try int64(column))
    }

    /// As ``second(_:)``; nil for NULL.
    func secondIfPresent(_ column: Int) throws(PostgresError) -> Moment? {
        try int64IfPresent(column).map(Moment.init(seconds:))
    }
}
