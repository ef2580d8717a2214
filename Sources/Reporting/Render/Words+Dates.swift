import Base

/// Dates and windows.
extension Words {
    /// `2026-11-16`; in languages with a form of their own, `16.11.2026`.
    static func date(_ day: CalendarDay) -> String { DayText.of(day) }

    /// `2026-11-16 00:00 – 2026-11-23 00:00 Europe/Berlin`; only the dates if the window consists of whole days.
    static func window(_ window: ResolvedWindow) -> String {
        let (first, zone) = (date(window.from.date), window.timeZone)
        guard window.from.secondOfDay == 0 && window.to.secondOfDay == 0 else {
            return "\(first) \(window.from.minutes) – \(date(window.to.date)) \(window.to.minutes) \(zone)"
        }
        let last = CalendarDay(daysSinceEpoch: window.to.day - 1)
        return last == window.from.date ? "\(first) \(zone)" : "\(first) – \(date(last)) \(zone)"
    }

    /// `Week 47 of 2026` if the window is a week, otherwise its days.
    static func title(_ window: ResolvedWindow) -> String {
        if let week = window.week { return localized("Week \(week.number) of \(week.year)") }
        guard window.from.secondOfDay == 0, window.to.secondOfDay == 0 else { return Self.window(window) }
        return days(window)
    }

    /// `Mon 16 Nov – Sun 22 Nov 2026 · Europe/Berlin · compared with the 7 days before`.
    static func subtitle(_ book: ReportBook) -> String {
        let window = book.window
        var parts = [days(window), window.timeZone]
        if let filter = book.filterSentence { parts.append(filter) }
        if !book.before.isEmpty {
            parts.append(
                localized(
                    window.days,
                    one: "compared with the day before",
                    other: "compared with the \(window.days) days before"
                )
            )
        }
        return parts.joined(separator: " · ")
    }

    /// The first and the last day of a window.
    static func days(_ window: ResolvedWindow) -> String {
        let first = window.from.date
        let last = CalendarDay(daysSinceEpoch: window.to.day - (window.to.secondOfDay == 0 ? 1 : 0))
        guard last != first else { return dayOfYear(last) }
        return "\(last.year == first.year ? day(first) : dayOfYear(first)) – \(dayOfYear(last))"
    }

    /// `Mon 16 Nov`.
    static func day(_ day: CalendarDay) -> String {
        localized("\(weekday(day)) \(day.day) \(month(day))", context: "weekday, day, month")
    }

    /// `Mon 16 Nov 2026`.
    private static func dayOfYear(_ day: CalendarDay) -> String {
        localized("\(weekday(day)) \(day.day) \(month(day)) \(day.year)", context: "weekday, day, month, year")
    }

    /// `22 Nov 23:31`.
    static func shortMoment(_ moment: LocalMoment) -> String {
        let day = moment.date
        return "\(day.day < 10 ? " " : "")\(dayOfMonth(day)) \(moment.minutes)"
    }

    /// `22 Nov`.
    private static func dayOfMonth(_ day: CalendarDay) -> String {
        localized("\(day.day) \(month(day))", context: "day, month")
    }

    /// A day as the label of one of `count` periods of a chart.
    static func tick(_ day: CalendarDay, _ interval: ReportInterval, of count: Int) -> String {
        switch interval {
        case .day where count <= 9: localized("\(weekday(day)) \(day.day)", context: "weekday, day")
        case .day: String(day.day)
        case .month: month(day)
        default: dayOfMonth(day)
        }
    }

    /// `Mon` to `Sun`.
    static func weekday(_ day: CalendarDay) -> String { weekdays[day.weekday] }

    /// From Monday.
    static var weekdays: [String] { (words["weekday"] ?? []).map { localized(key: $0, context: "weekday") } }

    /// `Nov`.
    private static func month(_ day: CalendarDay) -> String { localized(key: months[day.month - 1], context: "month") }

    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
