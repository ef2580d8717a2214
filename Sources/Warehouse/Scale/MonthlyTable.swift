import Base
import Postgres

/// A table that can be kept by month: it has a partition for each month of UTC, and one for all rows without a month.
///
/// A row's partition must follow from its key, or the same record could be in two. A corrected time zone moves the times of
/// a leg, but not its uniqueid, which begins with the second in which the PBX made the channel: ten digits until 2286.
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

    /// The partition for rows whose key names no month: empty uniqueids, and those that begin with a system's name.
    var other: String { name + "_other" }

    func partition(_ month: PartitionMonth) -> String { "\(name)_\(month.suffix)" }

    /// The first value of a month, as a literal.
    func bound(_ month: PartitionMonth) -> String {
        // Uniqueids are compared as text, which is right for numbers with equally many digits.
        self == .events ? "to_timestamp(\(month.firstSecond))" : SQL.literal(month.firstSecond.padded(10))
    }

    /// The parameter for the first value of a month.
    func parameter(_ month: PartitionMonth) -> Parameter {
        self == .events ? .moment(Moment(seconds: month.firstSecond)) : .text(month.firstSecond.padded(10))
    }

    /// The months of a table's rows, as `2026-01`.
    func months(in table: String) -> String {
        let moment = self == .events ? key : "to_timestamp(left(\(key), 10)::bigint)"
        let isKnown = self == .events ? "isfinite(\(key))" : "\(key) ~ '^[0-9]{10}'"
        return "select distinct to_char(\(moment) at time zone 'UTC', 'YYYY-MM') from \(table) where \(isKnown)"
    }

    /// Whether a row belongs to a month.
    func belongs(to month: PartitionMonth) -> String {
        "\(key) >= \(bound(month)) and \(key) < \(bound(month.next))"
    }
}
