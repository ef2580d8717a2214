import Base
import Postgres

/// Months that can be removed as a whole: their rows are all older than a policy allows.
struct ExpiredMonths {
    let table: MonthlyTable
    /// The partitions of the time before $2 with a row that stays if everything before $1 goes.
    let keeping: String

    static let legs = ExpiredMonths(table: .legs, keeping: SQLFiles.Prune.monthsKeepingLegs)
    static let visits = ExpiredMonths(table: .visits, keeping: SQLFiles.Prune.monthsKeepingVisits)
    static let events = ExpiredMonths(table: .events, keeping: SQLFiles.Prune.monthsKeepingEvents)

    /// Drops the partitions without a row that stays. Finds none where the table is not kept by month, or belongs to
    /// another role: then the rows are deleted.
    ///
    /// - Returns: The number of rows that went with them.
    /// - Throws: `PostgresError`.
    func drop(before moment: Moment, _ connection: borrowing Connection) throws(PostgresError) -> Int {
        let state = try Partitioning.tables(connection).first { $0.table == table }
        guard let state, state.isPartitioned, state.isOurs else { return 0 }
        let month = PartitionMonth(of: moment)
        let old = try Partitioning.partitions(of: table, connection).filter { $0 < month }.map(table.partition)
        guard !old.isEmpty else { return 0 }
        let kept = Set(
            try connection.query(keeping, [.moment(moment), table.parameter(month)])
                .map { row throws(PostgresError) in try row.text(0) }
        )
        var rows: Int64 = 0
        for partition in old.sorted() where !kept.contains(partition) {
            rows +=
                try connection.query("select count(*) from \(partition)", format: .binary)
                .first { row throws(PostgresError) in try row.int64(0) } ?? 0
            try connection.execute("drop table \(partition)")
        }
        return Int(clamping: rows)
    }
}
