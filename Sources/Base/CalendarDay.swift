/// A day of the proleptic Gregorian calendar, without a time zone.
public struct CalendarDay: Sendable, Hashable {
    /// By the Gregorian calendar, before 1582 too.
    public var year: Int
    /// From 1.
    public var month: Int
    /// From 1.
    public var day: Int

    /// A day from three numbers, which may be a day that does not exist; see ``isReal``.
    public init(year: Int, month: Int, day: Int) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Days since 1970-01-01, by Howard Hinnant's `days_from_civil` (*chrono-Compatible Low-Level Date Algorithms*): years
    /// begin in March, so that the leap day is last.
    public var daysSinceEpoch: Int {
        let year = month <= 2 ? year - 1 : year
        let era = year.dividedFlooring(by: 400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// 0 for Monday to 6 for Sunday; 1970-01-01 was a Thursday.
    public var weekday: Int { ((daysSinceEpoch + 3) % 7 + 7) % 7 }

    /// Whether the month has this day.
    public var isReal: Bool { CalendarDay(daysSinceEpoch: daysSinceEpoch) == self }
}

extension CalendarDay {
    /// The inverse of ``daysSinceEpoch``: Hinnant's `civil_from_days`.
    public init(daysSinceEpoch: Int) {
        let days = daysSinceEpoch + 719_468
        let era = days.dividedFlooring(by: 146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        month = shifted + (shifted < 10 ? 3 : -9)
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Reads `YYYY-MM-DD`.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-")
        guard parts.count == 3, let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]) else {
            return nil
        }
        self.init(year: year, month: month, day: day)
    }
}

extension CalendarDay: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    public var description: String { "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))" }
}

extension CalendarDay {
    /// The first day of the month that is `offset` months after this day's month.
    public func firstOfMonth(_ offset: Int = 0) -> CalendarDay {
        let months = year * 12 + month - 1 + offset
        let year = months.dividedFlooring(by: 12)
        return CalendarDay(year: year, month: months - year * 12 + 1, day: 1)
    }
}
