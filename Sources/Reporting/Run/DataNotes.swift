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

    static func collect(
        _ window: ResolvedWindow,
        pbx: String?,
        on connection: borrowing Connection
    ) throws
        -> [ReportNote]
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

    private static func missing(_ days: [Day]) -> [ReportNote] {
        let hasCalls = days.contains(where: \.hasCalls)
        let hasEvents = days.contains(where: \.hasEvents)
        guard hasCalls || hasEvents else { return [.noData] }
        var notes: [ReportNote] = []
        let empty = days.filter { !$0.hasCalls && !$0.hasEvents }
        if !empty.isEmpty { notes.append(.emptyDays(runs(empty))) }
        if !hasEvents {
            notes.append(.noQueueLog)
        } else if hasCalls {
            let silent = days.filter { $0.hasCalls && !$0.hasEvents }
            if !silent.isEmpty { notes.append(.daysWithoutEvents(runs(silent))) }
        }
        let unrecorded = days.filter { !$0.hasCalls && $0.hasEvents }
        if !unrecorded.isEmpty { notes.append(.daysWithoutCalls(runs(unrecorded))) }
        return notes
    }

    private static func differences(_ calls: Int64?, _ visits: Int64?) -> [ReportNote] {
        guard let calls, let visits else { return [] }
        return (calls > 0 ? [.callsWithoutVisit(calls)] : []) + (visits > 0 ? [.visitsWithoutCall(visits)] : [])
    }

    /// Days that follow one another, as ranges.
    private static func runs(_ days: [Day]) -> [ReportNote.Days] {
        var runs: [ReportNote.Days] = []
        for date in days.map(\.date) {
            if let last = runs.last?.last, last.daysSinceEpoch + 1 == date.daysSinceEpoch {
                runs[runs.count - 1].last = date
            } else {
                runs.append(ReportNote.Days(first: date, last: date))
            }
        }
        return runs
    }
}
