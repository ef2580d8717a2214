import Base
import Pipeline
import Reporting

/// The time of a request: `from` and `to`, `week` or `days`.
struct TimeQuery: Sendable {
    private let fields: FormFields

    init(_ fields: FormFields) { self.fields = fields }

    /// The time of a report; the last whole week if none is given.
    ///
    /// - Throws: ``Problem`` for an invalid time.
    func window() throws(Problem) -> ReportWindow {
        if let text = fields["from"] { return .between(try time(text), try fields["to"].map(time)) }
        if let text = fields["week"] {
            if text == "last" { return .lastWeek }
            guard let week = ISOWeek(text) else { throw Self.problem("week", "2026-W47") }
            return .week(week)
        }
        if let text = fields["month"] {
            guard let month = Self.month(text) else {
                throw Self.problem("month", localized("2026-11, or last or this"))
            }
            return month
        }
        if let days = try days() { return .days(days) }
        if let text = fields["time"] {
            let parts = text.split(separator: " ").map(String.init)
            guard parts.count == 2, ["days", "month"].contains(parts[0]) else {
                throw Self.problem("time", localized("such as \"days 7\" or \"month last\""))
            }
            return try TimeQuery(FormFields("").setting(parts[0], parts[1])).window()
        }
        return .lastWeek
    }

    /// The time in which to find calls; nil for any time.
    ///
    /// - Throws: ``Problem`` for an invalid time.
    func calls() throws(Problem) -> WindowRequest? {
        if fields["from"] != nil || fields["to"] != nil {
            let from = try fields["from"].map(time)
            let to = try fields["to"].map(time)
            switch (from?.meaning, to?.meaning) {
            case (.wall(let start), .wall(let end)) where start >= end,
                (.instant(let start), .instant(let end)) where start >= end:
                throw Problem(.badRequest, "usage", localized("from should be earlier than to."))
            default: return .between(from: from?.meaning, to: to?.meaning)
            }
        }
        return try days().map { .days($0) }
    }

    /// `2026-11`, `this` or `last`.
    static func month(_ text: String) -> ReportWindow? {
        // The report's zone decides in which month we are.
        if text == "this" { return .month(0) }
        if text == "last" { return .month(-1) }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2, let year = Int(parts[0]),
            let month = Int(parts[1]), (1970...9998).contains(year), (1...12).contains(month)
        else { return nil }
        let first = CalendarDay(year: year, month: month, day: 1)
        return .between(WrittenTime(first), WrittenTime(first.firstOfMonth(1)))
    }

    private func days() throws(Problem) -> Int? {
        guard fields["days"] != nil else { return nil }
        guard let days = fields.integer("days", in: 0...3660) else {
            throw Self.problem("days", localized("a number up to 3660"))
        }
        return days
    }

    private func time(_ text: String) throws(Problem) -> WrittenTime {
        guard let time = WrittenTime(text) else { throw Self.problem("from and to", WrittenTime.form) }
        return time
    }

    private static func problem(_ name: String, _ form: String) -> Problem {
        Problem(.badRequest, "usage", localized("\(name) should be \(form)."))
    }
}
