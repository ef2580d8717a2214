/// Values as people read them.
enum Words {
    /// `4:05`, `1:02:03`: minutes and seconds, hours where there are any.
    static func duration(_ seconds: Int64) -> String {
        let size = Int(clamping: seconds.magnitude)
        let sign = seconds < 0 ? "-" : ""
        let tail = "\((size / 60 % 60).padded(size >= 3600 ? 2 : 1)):\((size % 60).padded(2))"
        return size >= 3600 ? "\(sign)\(size / 3600):\(tail)" : sign + tail
    }

    /// A cell for the eye; control characters are shown as what they are not: text.
    static func cell(_ cell: ReportCell, _ kind: ReportColumn.Kind) -> String {
        switch cell {
        case .empty: ""
        case .text(let text): printable(text)
        case .moment(let moment): "\(moment.date) \(moment.minutes)"
        case .integer(let value) where kind == .duration: duration(value)
        case .tenths(let value) where kind == .average: duration((value + 5) / 10)
        case .integer, .tenths: cell.number ?? ""
        }
    }

    /// A caller's name may hold escape sequences; a terminal must not get them.
    static func printable(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return text }
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
    }
}

extension Words {
    /// `2026-11-16 00:00 – 2026-11-23 00:00 Europe/Berlin`; days only where the window has whole ones.
    static func window(_ window: ResolvedWindow) -> String {
        guard window.from.secondOfDay == 0 && window.to.secondOfDay == 0 else {
            return "\(window.from.date) \(window.from.minutes) – \(window.to.date) \(window.to.minutes) \(window.timeZone)"
        }
        let last = CalendarDay(daysSinceEpoch: window.to.day - 1)
        let days = last == window.from.date ? "\(last)" : "\(window.from.date) – \(last)"
        return "\(days) \(window.timeZone)"
    }

    /// `Mon` to `Sun`.
    static func weekday(_ day: CalendarDay) -> String { weekdays[day.weekday] }

    static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
}
