public import Base

/// The time that a report covers, as requested. Its meaning in moments depends on the zone.
public enum ReportWindow: Sendable, Hashable {
    /// An ISO week, Monday to Sunday.
    case week(ISOWeek)
    /// The last complete week.
    case lastWeek
    /// The day before today.
    case yesterday
    /// The last N whole days, and today so far.
    case days(Int)
    /// A calendar month, counted from the current one, which is 0: -1 is the previous one.
    case month(Int)
    /// From one time, inclusive, to another, exclusive; nil means now.
    case between(WrittenTime, WrittenTime?)
}

/// A week by ISO 8601, such as 2026-W47.
public struct ISOWeek: Sendable, Hashable {
    /// The ISO year: that of the week's Thursday.
    public let year: Int
    /// From 1 to 52, or 53 in a year with 53 weeks.
    public let week: Int

    /// Reads `2026-W47`, `2026W47` or `2026-W7`; nil for anything else, or for a week that the year does not have.
    public init?(_ text: String) {
        let parts = text.uppercased().split(separator: "W", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let yearText = parts[0].hasSuffix("-") ? parts[0].dropLast() : parts[0]
        guard yearText.utf8.count == 4, (1...2).contains(parts[1].utf8.count),
            (yearText + parts[1]).utf8.allSatisfy(\.isDigit),
            let year = Int(yearText), let week = Int(parts[1]), year >= 1970, week >= 1
        else { return nil }
        self.year = year
        self.week = week
        // The 28th of December is always in the year's last week.
        let last = CalendarDay(year: year, month: 12, day: 28).daysSinceEpoch
        guard monday.daysSinceEpoch <= last else { return nil }
    }

    /// The week's first day. The 4th of January is always in week 1.
    var monday: CalendarDay {
        let fourth = CalendarDay(year: year, month: 1, day: 4)
        return CalendarDay(daysSinceEpoch: fourth.daysSinceEpoch - fourth.weekday + 7 * (week - 1))
    }
}
