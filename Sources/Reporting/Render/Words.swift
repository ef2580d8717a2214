import Base

/// Values as people read them.
enum Words {
    /// A cell of a column for people: states and outcomes are words, not names.
    static func cell(_ cell: ReportCell, _ column: ReportColumn) -> String {
        let text = Words.cell(cell, column.kind)
        guard names.contains(column.name) else { return text }
        return text.split(separator: "_").joined(separator: " ")
    }

    private static let names: Set = ["status", "outcome", "service_level_variant"]

    /// A cell for people; control characters are replaced.
    static func cell(_ cell: ReportCell, _ kind: ReportColumn.Kind) -> String {
        switch cell {
        case .empty: ""
        case .text(let text): PrintableText.of(text)
        case .moment(let moment): "\(moment.date) \(moment.minutes)"
        case .integer(let value) where kind == .duration: DurationText.of(seconds: value)
        case .tenths(let value) where kind == .average: DurationText.of(seconds: (value + 5) / 10)
        case .integer, .tenths: cell.number ?? ""
        }
    }
}

extension Words {
    /// `2026-11-16 00:00 – 2026-11-23 00:00 Europe/Berlin`; only the dates if the window consists of whole days.
    static func window(_ window: ResolvedWindow) -> String {
        guard window.from.secondOfDay == 0 && window.to.secondOfDay == 0 else {
            return
                "\(window.from.date) \(window.from.minutes) – \(window.to.date) \(window.to.minutes) \(window.timeZone)"
        }
        let last = CalendarDay(daysSinceEpoch: window.to.day - 1)
        let days = last == window.from.date ? "\(last)" : "\(window.from.date) – \(last)"
        return "\(days) \(window.timeZone)"
    }

    /// `Mon` to `Sun`.
    static func weekday(_ day: CalendarDay) -> String { weekdays[day.weekday] }

    static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
}

extension Words {
    /// `Week 47 of 2026` if the window is a week, otherwise its days.
    static func title(_ window: ResolvedWindow) -> String {
        if let week = window.week { return "Week \(week.number) of \(week.year)" }
        guard window.from.secondOfDay == 0, window.to.secondOfDay == 0 else { return Self.window(window) }
        return days(window)
    }

    /// `Mon 16 Nov – Sun 22 Nov 2026 · Europe/Berlin · compared with the 7 days before`.
    static func subtitle(_ book: ReportBook) -> String {
        let window = book.window
        let count = window.days == 1 ? "the day" : "the \(window.days) days"
        let comparison = book.before.isEmpty ? "" : " · compared with \(count) before"
        let filter = book.filterSentence.map { " · \($0)" } ?? ""
        return "\(days(window)) · \(window.timeZone)\(filter)\(comparison)"
    }

    /// The first and the last day of a window.
    static func days(_ window: ResolvedWindow) -> String {
        let last = CalendarDay(daysSinceEpoch: window.to.day - (window.to.secondOfDay == 0 ? 1 : 0))
        let end = "\(day(last)) \(last.year)"
        guard last != window.from.date else { return end }
        return
            "\(day(window.from.date))\(last.year == window.from.date.year ? "" : " \(window.from.date.year)") – \(end)"
    }

    /// `Mon 16 Nov`.
    static func day(_ day: CalendarDay) -> String { "\(weekday(day)) \(day.day) \(months[day.month - 1])" }

    /// `22 Nov 23:31`.
    static func shortMoment(_ moment: LocalMoment) -> String {
        let day = moment.date
        return "\(day.day < 10 ? " " : "")\(day.day) \(months[day.month - 1]) \(moment.minutes)"
    }

    /// A day as the label of one of `count` periods of a chart.
    static func tick(_ day: CalendarDay, _ interval: ReportInterval, of count: Int) -> String {
        switch interval {
        case .day where count <= 9: "\(weekday(day)) \(day.day)"
        case .day: String(day.day)
        case .month: months[day.month - 1]
        default: "\(day.day) \(months[day.month - 1])"
        }
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `12 345`, with narrow spaces that do not break.
    static func grouped(_ value: Int64) -> String {
        let digits = String(value.magnitude)
        var result = ""
        for (place, digit) in digits.enumerated() {
            if place > 0 && (digits.count - place) % 3 == 0 { result += "\u{202F}" }
            result.append(digit)
        }
        return value < 0 ? "−" + result : result
    }

    /// A figure for display only, with one decimal.
    static func oneDecimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths < 0 ? "−" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
    }

    /// `+3.2`, `−1.0`, `±0.0`.
    static func signed(_ value: Double) -> String {
        let text = oneDecimal(value)
        return text == "0.0" ? "±0.0" : value > 0 ? "+" + text : text
    }
}
