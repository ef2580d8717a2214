import Base
import Postgres

/// A table that can be kept by month: it has a partition for each month of UTC, and one for all rows without a month.
///
/// A row's partition must follow from its key, or the same record could be in two. A corrected time zone moves the times of
/// a leg, but not its uniqueid, which begins with the second in which the PBX made the channel: ten digits until 2286.
/// Before them stands the name of the system, if it has one; then its months have partitions of their own.
enum MonthlyTable: String, CaseIterable {
    case legs = "cdr"
    case visits = "queue_visit"
    case events = "queue_event"

    /// The column by which rows are partitioned; it belongs to the primary key.
    var key: String {
        switch self {
        case .legs: "uniqueid"
        case .visits: "callid"
        case .events: "at"
        }
    }

    /// With schema.
    var name: String { "voip." + rawValue }

    /// The partition for rows whose key names no month, such as empty uniqueids, and for months without a partition.
    var other: String { name + "_other" }

    /// The name of a partition, with schema.
    func partition(_ partition: MonthPartition) -> String {
        if partition.prefix.isEmpty { return "\(name)_\(partition.month.suffix)" }
        return "voip." + SQL.identifier("\(rawValue)_\(partition.month.suffix)_\(partition.prefix.dropLast())")
    }

    /// The first value of a month, as a literal.
    func bound(_ month: PartitionMonth, _ prefix: String) -> String {
        self == .events ? "to_timestamp(\(month.firstSecond))" : SQL.literal(key(month, prefix))
    }

    /// The first value of a partition and of the one after it, as parameters.
    func parameters(_ partition: MonthPartition) -> [Parameter] {
        [partition.month, partition.month.next].map { month in
            self == .events ? .moment(Moment(seconds: month.firstSecond)) : .text(key(month, partition.prefix))
        }
    }

    /// Uniqueids are compared as text, which is right for numbers with equally many digits.
    private func key(_ month: PartitionMonth, _ prefix: String) -> String { prefix + month.firstSecond.padded(10) }

    /// The months of a table's rows, as `2026-01`, each with the beginning of its keys.
    func months(in table: String) -> String {
        if self == .events {
            return """
                select distinct to_char(\(key) at time zone 'UTC', 'YYYY-MM'), '' from \(table) where isfinite(\(key))
                """
        }
        return """
            select distinct to_char(to_timestamp(part[2]::bigint) at time zone 'UTC', 'YYYY-MM'), coalesce(part[1], '')
            from (
                select regexp_match(\(key), '^(?:([A-Za-z_][A-Za-z0-9_.-]{0,30}-)(?=[0-9]{10}[.]))?([0-9]{10})') as part
                from \(table)) as k
            where part is not null
            """
    }

    /// Whether a row belongs to a partition.
    func belongs(to partition: MonthPartition) -> String {
        let (month, prefix) = (partition.month, partition.prefix)
        return "\(key) >= \(bound(month, prefix)) and \(key) < \(bound(month.next, prefix))"
    }
}
