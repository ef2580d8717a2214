import Base
import Postgres

/// Months that can be removed as a whole: their rows are all older than a policy allows.
struct ExpiredMonths {
    let table: MonthlyTable
    /// Whether the partition from $2 up to $3 has a row that stays if everything before $1 goes.
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
        let old = try Partitioning.partitions(of: table, connection).filter { $0.month < month }
        var rows: Int64 = 0
        for partition in old.sorted() {
            let keeps = try connection.query(keeping, [.moment(moment)] + table.parameters(partition))
                .first { row throws(PostgresError) in try row.bool(0) }
            if keeps ?? true { continue }
            let name = table.partition(partition)
            rows +=
                try connection.query("select count(*) from \(name)", format: .binary)
                .first { row throws(PostgresError) in try row.int64(0) } ?? 0
            try connection.execute("drop table \(name)")
        }
        return Int(clamping: rows)
    }
}
