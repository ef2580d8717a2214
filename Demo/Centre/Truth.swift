public import Base

extension Centre {
    /// A period of a report: its first moment, and the first one after it.
    struct Period: Sendable {
        let begin: Int
        let end: Int

        func contains(_ second: Int) -> Bool { begin <= second && second < end }

        /// The part of a span that is in the period.
        func seconds(_ begin: Int, _ end: Int) -> Int { max(0, min(end, self.end) - max(begin, self.begin)) }

        var columns: [(String, JSON)] {
            [
                ("period_start", .string(BerlinClock.iso8601(begin))),
                ("period_end", .string(BerlinClock.iso8601(end))),
                ("timezone", .string(BerlinClock.zone)),
            ]
        }
    }

    /// How a report divides the fortnight.
    public enum Interval: String, Sendable, CaseIterable {
        /// Not at all.
        case none
        /// Into days of the clock on the wall.
        case day
        /// Into hours of real time, so that the day on which the clock is changed back has 25.
        case hour
    }

    func periods(_ interval: Interval) -> [Period] {
        switch interval {
        case .none: [Period(begin: begin, end: end)]
        case .day:
            days.map { day in
                let next = CalendarDay(daysSinceEpoch: day.daysSinceEpoch + 1)
                return Period(begin: BerlinClock.second(day, 0), end: BerlinClock.second(next, 0))
            }
        case .hour: stride(from: begin, to: end, by: 3600).map { Period(begin: $0, end: $0 + 3600) }
        }
    }

    /// The rows of a report, as its JSON should have them: every figure follows from what was decided, with the formulas of
    /// docs/reports.md, and nothing is read from the files.
    public func rows(of report: String, by interval: Interval) -> [JSON] {
        let periods = periods(interval)
        return switch report {
        case "queues": periods.flatMap { queueRows($0) }
        case "agents": periods.flatMap { agentRows($0) }
        case "calls": periods.flatMap { callRows($0) }
        case "lost-calls": lostCallerRows()
        case "lost-visits": lostRows()
        case "rings": periods.flatMap { ringRows($0) }
        case "pauses": periods.flatMap { pauseRows($0) }
        case "dids": periods.flatMap { didRows($0) }
        case "outbound": periods.flatMap { outboundRows($0) }
        case "first-contact": periods.flatMap { firstContactRows($0) }
        case "repeat-callers": repeatCallerRows()
        case "hours": hourRows()
        case "trunks": trunkRows()
        case "agents-needed": agentsNeededRows()
        default: []
        }
    }

    /// The true figures: a summary, and the rows of the reports.
    var truth: JSON {
        let reports = ["queues", "agents", "calls"]
        return [
            "from": .string("\(days[0])"), "to": .string("\(lastDay)"), "timezone": .string(BerlinClock.zone),
            "summary": summary,
            "whole": .object((reports + ["lost-calls", "lost-visits"]).map { ($0, .array(rows(of: $0, by: .none))) }),
            "by_day": .object(reports.map { ($0, .array(rows(of: $0, by: .day))) }),
        ]
    }

    private var summary: JSON {
        let rows = lostRows()
        func lost(_ status: String) -> JSON {
            .integer(rows.count { $0.line.contains("\"status\":\"\(status)\"") })
        }
        return [
            "legs": .integer(legs.count), "calls": .integer(calls.count), "visits": .integer(visits.count),
            "answered": .integer(visits.count { $0.outcome == .answered }),
            "abandoned": .integer(visits.count { $0.outcome == .abandoned }),
            "abandoned_short": .integer(visits.count { $0.isShort }),
            "answered_in_time": .integer(visits.count { $0.isInTime }),
            "passed_on": .integer(visits.count { $0.passedTo != nil }),
            "contacts": .integer(people.all.count { $0.contact != nil }),
            "lost": .integer(rows.count), "called_back": lost("called_back"), "got_through": lost("got_through"),
            "attempted": lost("attempted"), "open": lost("open"), "no_number": lost("no_number"),
        ]
    }
}

extension Visit {
    /// Hung up before five seconds, the setting's default.
    var isShort: Bool { outcome == .abandoned && wait < 5 }
    var isInTime: Bool { outcome == .answered && wait <= queue.serviceLevel }
}

/// Figures with one decimal, computed in whole numbers, so that nothing is rounded twice.
enum Tenths {
    /// A quotient, rounded half away from zero; null if nothing is divided by.
    static func quotient(_ dividend: Int, _ divisor: Int) -> JSON {
        guard divisor != 0 else { return .null }
        return .number(Double((20 * dividend + divisor) / (2 * divisor)) / 10)
    }

    static func percent(_ part: Int, of whole: Int) -> JSON { quotient(100 * part, whole) }

    /// The value below which `tenths` tenths of the values lie, interpolated as percentile_cont does.
    static func percentile(_ tenths: Int, of values: [Int]) -> JSON {
        guard !values.isEmpty else { return .null }
        let sorted = values.sorted()
        let (place, rest) = ((sorted.count - 1) * tenths).quotientAndRemainder(dividingBy: 10)
        let step = rest == 0 ? 0 : (sorted[place + 1] - sorted[place]) * rest
        return .number(Double(sorted[place] * 10 + step) / 10)
    }
}
