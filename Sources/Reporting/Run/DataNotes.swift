import Base
import Postgres

/// Notes about the data behind the figures: days without data, and calls that only the CDRs or only the queue_log
/// contain.
enum DataNotes {
    private struct Day {
        let date: CalendarDay
        let hasCalls: Bool
        let hasEvents: Bool
    }

    /// Above this number, visits are not compared with the CDRs.
    private static let mostCompared: Int64 = 50_000

    static func collect(_ window: ResolvedWindow, pbx: String?, on connection: borrowing Connection) throws -> [String]
    {
        let (from, to) = (window.from.description, window.to.description)
        let days = try connection.query(
            ReportFiles.Support.days,
            [.text(from), .text(to), .text(window.now), .text(window.timeZone), .text(pbx)]
        ).map { row in
            Day(
                date: CalendarDay(try row.text(0)) ?? window.from.date,
                hasCalls: try row.bool(1),
                hasEvents: try row.bool(2)
            )
        }
        let counts = try connection.query(
            ReportFiles.Support.crosscheck,
            [.text(from), .text(to), .int64(mostCompared), .text(pbx)]
        ).first { row in (calls: try row.int64IfPresent(0), visits: try row.int64IfPresent(1)) }
        return missing(days) + differences(counts?.calls, counts?.visits)
    }

    private static func missing(_ days: [Day]) -> [String] {
        let hasCalls = days.contains(where: \.hasCalls)
        let hasEvents = days.contains(where: \.hasEvents)
        guard hasCalls || hasEvents else { return ["The warehouse has no calls and no queue events for this time."] }
        var notes: [String] = []
        let empty = days.filter { !$0.hasCalls && !$0.hasEvents }
        if !empty.isEmpty { notes.append("No calls and no queue events on \(list(empty)).") }
        if !hasEvents {
            notes.append(
                "The warehouse has no queue_log for this time: queues are estimated from the CDRs, and agents are unknown."
            )
        } else if hasCalls {
            let silent = days.filter { $0.hasCalls && !$0.hasEvents }
            if !silent.isEmpty { notes.append("CDRs but no queue events on \(list(silent)).") }
        }
        let unrecorded = days.filter { !$0.hasCalls && $0.hasEvents }
        if !unrecorded.isEmpty { notes.append("Queue events but no CDRs on \(list(unrecorded)).") }
        return notes
    }

    private static func differences(_ calls: Int64?, _ visits: Int64?) -> [String] {
        guard let calls, let visits else { return [] }
        var notes: [String] = []
        if calls > 0 {
            notes.append(
                "\(calls) \(calls == 1 ? "call has" : "calls have") a queue leg in the CDRs but no visit in the "
                    + "queue_log: the queue was full or empty, or the log is incomplete."
            )
        }
        if visits > 0 {
            notes.append(
                "\(visits) \(visits == 1 ? "visit" : "visits") of the queue_log \(visits == 1 ? "has" : "have") no CDR: "
                    + "the PBX does not log unanswered calls, or the CDRs are incomplete."
            )
        }
        return notes
    }

    /// Days, and ranges of them: `2026-11-18, 2026-11-21 to 2026-11-23`.
    private static func list(_ days: [Day]) -> String {
        var runs: [(first: CalendarDay, last: CalendarDay)] = []
        for day in days {
            if let last = runs.last?.last, last.daysSinceEpoch + 1 == day.date.daysSinceEpoch {
                runs[runs.count - 1].last = day.date
            } else {
                runs.append((day.date, day.date))
            }
        }
        return runs.map { $0.first == $0.last ? "\($0.first)" : "\($0.first) to \($0.last)" }.joined(separator: ", ")
    }
}
