public import Base

/// A month of UTC, for which a table has a partition.
public struct PartitionMonth: Sendable, Hashable, Comparable {
    /// By the Gregorian calendar.
    public let year: Int
    /// From 1 to 12.
    public let month: Int

    private init(year: Int, month: Int) { (self.year, self.month) = (year, month) }

    /// The month of a moment.
    public init(of moment: Moment) {
        let day = CalendarDay(daysSinceEpoch: Int(clamping: moment.wholeSeconds.dividedFlooring(by: 86_400)))
        self.init(year: day.year, month: day.month)
    }

    /// Reads `2026-01`.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
            let year = Int(parts[0]), let month = Int(parts[1]), 1...12 ~= month, year >= 1970
        else { return nil }
        self.init(year: year, month: month)
    }

    /// Reads what ``suffix`` writes behind the table in a partition's name: `_2026_01`, which a system's name may follow.
    init?(ofPartition name: String, of table: MonthlyTable) {
        let prefix = table.rawValue + "_"
        guard name.hasPrefix(prefix) else { return nil }
        let parts = name.dropFirst(prefix.count).split(separator: "_", maxSplits: 2, omittingEmptySubsequences: false)
        self.init(parts.prefix(2).joined(separator: "-"))
    }

    /// The month so many months later, at most 9999-12.
    public func adding(_ months: Int) -> PartitionMonth {
        let count = min(max(0, months), 12 * 10_000) + year * 12 + month - 1
        return count < 12 * 10_000
            ? PartitionMonth(year: count / 12, month: count % 12 + 1) : PartitionMonth(year: 9999, month: 12)
    }

    /// The month after this one.
    var next: PartitionMonth { adding(1) }

    /// Its first second, since 1970.
    var firstSecond: Int64 { Int64(CalendarDay(year: year, month: month, day: 1).daysSinceEpoch) * 86_400 }

    /// `2026_01`.
    var suffix: String { "\(year.padded(4))_\(month.padded(2))" }

    /// Earlier months come first.
    public static func < (one: PartitionMonth, other: PartitionMonth) -> Bool {
        (one.year, one.month) < (other.year, other.month)
    }
}
