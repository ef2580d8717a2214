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
            guard let month = Self.month(text) else { throw Self.problem("month", "2026-11, or last or this") }
            return month
        }
        if let days = try days() { return .days(days) }
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
                throw Problem(.badRequest, "usage", "from should be earlier than to.")
            default: return .between(from: from?.meaning, to: to?.meaning)
            }
        }
        return try days().map { .days($0) }
    }

    /// `2026-11`, `this` or `last`, by the calendar in UTC.
    static func month(_ text: String, now: Moment = Moment.now) -> ReportWindow? {
        let today = CivilTime(secondsSince1970: now.wholeSeconds)
        var (year, month) = (Int(today.year), Int(today.month))
        if text == "last" {
            (year, month) = month == 1 ? (year - 1, 12) : (year, month - 1)
        } else if text != "this" {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2, let first = Int(parts[0]),
                let second = Int(parts[1]), (1970...9998).contains(first), (1...12).contains(second)
            else { return nil }
            (year, month) = (first, second)
        }
        let next = month == 12 ? (year: year + 1, month: 1) : (year: year, month: month + 1)
        guard let from = WrittenTime(Self.first(year, month)), let to = WrittenTime(Self.first(next.year, next.month))
        else {
            return nil
        }
        return .between(from, to)
    }

    private static func first(_ year: Int, _ month: Int) -> String { "\(year)-\(month < 10 ? "0" : "")\(month)-01" }

    private func days() throws(Problem) -> Int? {
        guard fields["days"] != nil else { return nil }
        guard let days = fields.integer("days", in: 0...3660) else { throw Self.problem("days", "a number up to 3660") }
        return days
    }

    private func time(_ text: String) throws(Problem) -> WrittenTime {
        guard let time = WrittenTime(text) else { throw Self.problem("from and to", WrittenTime.form) }
        return time
    }

    private static func problem(_ name: String, _ form: String) -> Problem {
        Problem(.badRequest, "usage", "\(name) should be \(form).")
    }
}
