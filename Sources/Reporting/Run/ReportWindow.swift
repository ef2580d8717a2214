/// The time that a report covers, as it was asked for. What it means in moments depends on the zone.
public enum ReportWindow: Sendable, Hashable {
    /// An ISO week, Monday to Sunday.
    case week(ISOWeek)
    /// The last week that is over.
    case lastWeek
    /// So many whole days, and today up to now.
    case days(Int)
    /// From one time, inside it, to another, which is not; nil is now.
    case between(LocalTime, LocalTime?)
}

/// A week by ISO 8601, such as 2026-W47.
public struct ISOWeek: Sendable, Hashable {
    /// The ISO year: that of the week's Thursday.
    public let year: Int
    /// From 1 to 52, or 53 in a year that has as many.
    public let week: Int

    /// Reads `2026-W47`, `2026W47` or `2026-W7`; nil for another text or a week that the year does not have.
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
        // The year's last week holds the 28th of December.
        let last = CalendarDay(year: year, month: 12, day: 28).daysSinceEpoch
        guard monday.daysSinceEpoch <= last else { return nil }
    }

    /// The week's first day. Week 1 holds the 4th of January.
    var monday: CalendarDay {
        let fourth = CalendarDay(year: year, month: 1, day: 4)
        return CalendarDay(daysSinceEpoch: fourth.daysSinceEpoch - fourth.weekday + 7 * (week - 1))
    }
}

/// A time as a user writes it: a local day or time, or a moment with its offset.
public struct LocalTime: Sendable, Hashable {
    /// `2026-11-16`, `2026-11-16 09:30:00`, `2026-11-16T09:30:00+01:00`: checked, and in a form that PostgreSQL reads.
    let text: String
    /// Whether the text names its offset, so that no zone is needed.
    let hasOffset: Bool

    /// Reads `YYYY-MM-DD`, optionally with `T` or a space and `HH:MM[:SS]`, and then with `Z` or `±HH[:MM]`.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 10, Self.matches(bytes[..<10], "0000-00-00"),
            let year = Int(text.prefix(4)), let month = Int(text.dropFirst(5).prefix(2)),
            let day = Int(text.dropFirst(8).prefix(2)), year >= 1970, (1...12).contains(month), day >= 1,
            CalendarDay(year: year, month: month, day: day).isReal
        else { return nil }
        var rest = bytes[10...]
        if let separator = rest.first {
            guard separator == UInt8(ascii: "T") || separator == UInt8(ascii: " ") else { return nil }
            rest = rest.dropFirst()
            guard let time = ["00:00:00", "00:00"].first(where: { Self.matches(rest.prefix($0.utf8.count), $0) }),
                let hour = Int(String(decoding: rest.prefix(2), as: UTF8.self)), hour < 24
            else { return nil }
            guard
                rest.prefix(time.utf8.count).split(separator: UInt8(ascii: ":")).dropFirst().allSatisfy({
                    $0[$0.startIndex] < UInt8(ascii: "6")
                })
            else { return nil }
            rest = rest.dropFirst(time.utf8.count)
        }
        switch rest.first {
        case nil: hasOffset = false
        case UInt8(ascii: "Z") where rest.count == 1 && bytes.count > 11: hasOffset = true
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            guard bytes.count > 11, ["00", "00:00", "0000"].contains(where: { Self.matches(rest.dropFirst(), $0) })
            else {
                return nil
            }
            hasOffset = true
        default: return nil
        }
        self.text = text
    }

    /// Midnight of a day.
    init(_ day: CalendarDay) {
        text = day.description
        hasOffset = false
    }

    /// Whether the bytes have a digit where the pattern has one, and its own bytes elsewhere.
    private static func matches(_ bytes: ArraySlice<UInt8>, _ pattern: String) -> Bool {
        bytes.count == pattern.utf8.count
            && zip(bytes, pattern.utf8).allSatisfy { $1 == UInt8(ascii: "0") ? $0.isDigit : $0 == $1 }
    }
}
