import Base
import Pipeline
import Reporting

/// The time that a request is about: `from` and `to`, `week` or `days`.
struct TimeQuery: Sendable {
    private let fields: FormFields

    init(_ fields: FormFields) { self.fields = fields }

    /// The time of a report; the last whole week where none is named.
    ///
    /// - Throws: ``Problem`` for an invalid time.
    func window() throws(Problem) -> ReportWindow {
        if let text = fields["from"] { return .between(try time(text), try fields["to"].map(time)) }
        if let text = fields["week"] {
            if text == "last" { return .lastWeek }
            guard let week = ISOWeek(text) else { throw Self.problem("week", "2026-W47") }
            return .week(week)
        }
        if let days = try days() { return .days(days) }
        return .lastWeek
    }

    /// The time in which calls are looked for; nil for any time.
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
