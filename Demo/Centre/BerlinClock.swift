import Base

/// The clock on the wall in Berlin. It uses the rule and not the database of time zones, so that it cannot repeat a mistake of
/// the program: from the last Sunday of March to the last Sunday of October, each at 01:00 UTC, it is two hours ahead of UTC,
/// otherwise one. (Directive 2000/84/EC)
enum BerlinClock {
    static let zone = "Europe/Berlin"

    /// Seconds ahead of UTC.
    static func offset(at second: Int) -> Int {
        let year = CivilTime(secondsSince1970: Int64(second)).date.year
        let summer = change(month: 3, of: year)..<change(month: 10, of: year)
        return summer.contains(second) ? 7200 : 3600
    }

    /// The moment at which the clock shows this time; the first one if it does so twice.
    static func second(_ day: CalendarDay, _ secondOfDay: Int) -> Int {
        let asUTC = day.daysSinceEpoch * 86_400 + secondOfDay
        let summer = asUTC - 7200
        return offset(at: summer) == 7200 ? summer : asUTC - 3600
    }

    static func second(_ day: CalendarDay, hour: Int, minute: Int = 0) -> Int {
        second(day, hour * 3600 + minute * 60)
    }

    /// `2026-10-25 02:30:00`
    static func text(_ second: Int) -> String {
        CivilTime(secondsSince1970: Int64(second + offset(at: second))).description
    }

    /// `2026-10-25T02:30:00+01:00`
    static func iso8601(_ second: Int) -> String {
        let offset = offset(at: second)
        return CivilTime(secondsSince1970: Int64(second + offset)).iso8601(offset: Int64(offset))
    }

    /// The day on the calendar on the wall.
    static func day(_ second: Int) -> CalendarDay {
        CivilTime(secondsSince1970: Int64(second + offset(at: second))).date
    }

    static func hour(_ second: Int) -> Int { (second + offset(at: second)) % 86_400 / 3600 }

    private static func change(month: Int, of year: Int) -> Int {
        let last = CalendarDay(year: year, month: month, day: 31)
        let sunday = last.daysSinceEpoch - (last.weekday + 1) % 7
        return sunday * 86_400 + 3600
    }
}
