import Base
public import Postgres

/// Keeps legs, queue visits and queue events by month, so that a month is removed by dropping its partition.
///
/// Calls are not kept by month: nothing in a call's key says when it was. Keys, indexes, rights and what readers see stay
/// as they are.
public struct Partitioning: Sendable {
    private let months: ClosedRange<PartitionMonth>

    /// Partitions for the months of all rows, and for these.
    public init(covering months: ClosedRange<PartitionMonth>) { self.months = months }

    /// The statements that partition what is not partitioned yet, and add the months that are missing, in order. Changes
    /// nothing.
    ///
    /// - Throws: `PostgresError`.
    public func statements(_ connection: borrowing Connection) throws -> [String] {
        let tables = try Self.tables(connection)
        let conversions = try tables.filter { !$0.isPartitioned }.flatMap { try conversion(of: $0, connection) }
        return try conversions
            + tables.filter(\.isPartitioned).flatMap { try additions(to: $0.table, includingRows: true, connection) }
    }

    /// Partitions what is not partitioned yet, and adds the months that are missing, in one transaction. Nothing may be
    /// loaded meanwhile.
    ///
    /// Views and functions belong to the table that they were made on, so they are made anew.
    ///
    /// - Returns: The statements that were executed.
    /// - Throws: ``WarehouseError`` with code `distributed` if the tables are spread over a cluster already;
    ///   `PostgresError`, naming the object of somebody else that depends on a view.
    @discardableResult
    public func run(_ connection: borrowing Connection) throws -> [String] {
        try connection.transaction { connection in
            let statements = try statements(connection)
            guard try Self.tables(connection).contains(where: { !$0.isPartitioned }) else {
                for statement in statements { try connection.execute(statement) }
                return statements
            }
            try Self.checkIsAlone(connection)
            let grants = try connection.query(SQLFiles.Partition.grants)
                .map { row throws(PostgresError) in try row.text(0) }
            try ViewUpdate.rebuilding(connection) { connection in
                for statement in statements { try connection.execute(statement) }
            }
            for grant in grants { try connection.execute(grant) }
            return statements
        }
    }

    /// Adds months to tables that are kept by month, before a run loads rows of them; rows of other months go to the
    /// partition for the rest. Does nothing for a session that may not change the tables, or
    /// while a table is being read for long.
    ///
    /// - Throws: `PostgresError`.
    public static func prepare(_ months: ClosedRange<PartitionMonth>, _ connection: borrowing Connection) throws {
        guard try tables(connection).contains(where: { $0.isPartitioned && $0.isOurs }) else { return }
        let partitioning = Partitioning(covering: months)
        do {
            try connection.withAdvisoryLock(Migrator.lockKey) { connection in
                try connection.transaction { connection in
                    try connection.execute("set local lock_timeout = '5s'")
                    for table in try tables(connection) where table.isPartitioned && table.isOurs {
                        for statement in try partitioning.additions(to: table.table, includingRows: false, connection) {
                            try connection.execute(statement)
                        }
                    }
                }
            }
        } catch let error as PostgresError where error.isSQLState("55P03") {
            // The next run, or `warehouse partition`, adds them.
        }
    }

    /// A table as the database has it.
    struct State {
        var table: MonthlyTable
        var isPartitioned: Bool
        /// Whether this session may change it.
        var isOurs: Bool
        var comment: String?
    }

    static func tables(_ connection: borrowing Connection) throws(PostgresError) -> [State] {
        try connection.query(SQLFiles.Partition.tables).map { row throws(PostgresError) -> State? in
            guard let table = MonthlyTable(rawValue: try row.text(0)) else { return nil }
            return State(
                table: table,
                isPartitioned: try row.bool(1),
                isOurs: try row.bool(2),
                comment: try row.textIfPresent(3)
            )
        }.compactMap(\.self)
    }

    /// The partitions of a table, without the one for the rest.
    static func partitions(
        of table: MonthlyTable,
        _ connection: borrowing Connection
    ) throws(PostgresError) -> Set<MonthPartition> {
        let partitions = try connection.query(SQLFiles.Partition.partitions, [.text(table.name)])
            .map { row throws(PostgresError) -> MonthPartition? in
                let month = PartitionMonth(ofPartition: try row.text(0), of: table)
                let prefix = try row.text(1)
                return month.map { MonthPartition(month: $0, prefix: prefix) }
            }
        return Set(partitions.compactMap(\.self))
    }

    private static func checkIsAlone(_ connection: borrowing Connection) throws {
        guard try Distribution.isDistributed(connection) else { return }
        throw WarehouseError(
            .distributed,
            "The warehouse is spread over a cluster already. Only an undistributed warehouse can be partitioned by month: "
                + "make a new one with `crm-voip warehouse migrate`, then `partition`, then `distribute`, and load into it."
        )
    }
}

extension Partitioning {
    /// Copies a table into a partitioned one of the same name.
    private func conversion(of state: State, _ connection: borrowing Connection) throws -> [String] {
        let table = state.table
        let before = table.name + "_before"
        let indexes = try connection.query(SQLFiles.Partition.indexes, [.text(table.name)])
            .map { row throws(PostgresError) in try row.text(0) }
        let partitions = try wanted(by: table.name, of: table, besides: [], connection).all.sorted()
        return [
            "alter table \(table.name) rename to \(table.rawValue)_before",
            "create table \(table.name) (like \(before) including all excluding indexes) partition by range (\(table.key))",
        ]
            + partitions.map { create($0, of: table) }
            + [
                "create table \(table.other) partition of \(table.name) default",
                "insert into \(table.name) select * from \(before)",
                "drop table \(before)",
            ] + indexes
            + (state.comment.map { ["comment on table \(table.name) is \(SQL.literal($0))"] } ?? [])
            + ["analyze \(table.name)"]
    }

    /// Adds missing months to a partitioned table; their rows leave the partition for the rest.
    ///
    /// - Parameter includingRows: whether to add the months of all rows in the partition for the rest.
    private func additions(
        to table: MonthlyTable,
        includingRows: Bool,
        _ connection: borrowing Connection
    ) throws -> [String] {
        let existing = try Self.partitions(of: table, connection)
        let missing = asked(of: Set(existing.map(\.prefix))).subtracting(existing)
        guard includingRows || !missing.isEmpty else { return [] }
        let wanted = try wanted(by: table.other, of: table, besides: existing, connection)
        let added = includingRows ? wanted.all.subtracting(existing) : missing
        return added.sorted().flatMap { added in
            guard wanted.filled.contains(added) else { return [create(added, of: table)] }
            let partition = table.partition(added)
            return [
                "create table \(partition) (like \(table.name) including all)",
                """
                with moved as (delete from \(table.other) where \(table.belongs(to: added)) returning *) \
                insert into \(partition) select * from moved
                """,
                "alter table \(table.name) attach partition \(partition) \(values(added, of: table))",
            ]
        }
    }

    private func create(_ partition: MonthPartition, of table: MonthlyTable) -> String {
        "create table \(table.partition(partition)) partition of \(table.name) \(values(partition, of: table))"
    }

    private func values(_ partition: MonthPartition, of table: MonthlyTable) -> String {
        let (month, prefix) = (partition.month, partition.prefix)
        return "for values from (\(table.bound(month, prefix))) to (\(table.bound(month.next, prefix)))"
    }

    /// The months that were asked for, whether they have rows or not, of systems whose keys begin with these.
    private func asked(of prefixes: Set<String>) -> Set<MonthPartition> {
        var list = [months.lowerBound]
        while let last = list.last, last < months.upperBound { list.append(last.next) }
        return Set(
            prefixes.union([""]).flatMap { prefix in list.map { MonthPartition(month: $0, prefix: prefix) } }
        )
    }

    /// The partitions that the rows of a table need and those that were asked for, and which of them have such rows. A wrong
    /// clock must not make tables: years before 2000, and what is more than a month in the future, stay with the rest.
    private func wanted(
        by place: String,
        of table: MonthlyTable,
        besides existing: Set<MonthPartition>,
        _ connection: borrowing Connection
    ) throws -> (all: Set<MonthPartition>, filled: Set<MonthPartition>) {
        let now = PartitionMonth(of: .now)
        let rows = try connection.query(table.months(in: place))
            .map { row throws(PostgresError) -> MonthPartition? in
                let month = PartitionMonth(try row.text(0))
                let prefix = try row.text(1)
                return month.map { MonthPartition(month: $0, prefix: prefix) }
            }
            .compactMap(\.self).filter { $0.month.year >= 2000 && $0.month <= now.next }
        let known = Set(existing.map(\.prefix)).union([""])
        let prefixes = MonthPartition.separable(Set(rows.map(\.prefix)), besides: known)
        let filled = Set(rows.filter { prefixes.contains($0.prefix) })
        return (filled.union(asked(of: prefixes)), filled)
    }
}
