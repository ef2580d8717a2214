import Base

/// What a reader should know about the data behind the figures.
public enum ReportNote: Sendable, Hashable {
    /// Days in a row.
    public struct Days: Sendable, Hashable {
        /// The first and the last one.
        var first: CalendarDay, last: CalendarDay
    }

    /// Nothing was loaded for this time.
    case noData
    /// Days without anything.
    case emptyDays([Days])
    /// No queue_log was loaded for this time.
    case noQueueLog
    /// Days with CDRs but without queue events, and the reverse.
    case daysWithoutEvents([Days]), daysWithoutCalls([Days])
    /// Calls that the CDRs send to a queue whose log does not have them.
    case callsWithoutVisit(Int64)
    /// Visits of the queue_log without a CDR.
    case visitsWithoutCall(Int64)
    /// A report whose figures are not narrowed to the PBX, queue or agent that was asked for.
    case notNarrowed(report: String, to: Filter)
    /// Lost calls that are on no list because they have no number.
    case lostWithoutNumber(Int)

    /// What a report can be narrowed to.
    public enum Filter: Sendable { case pbx, queue, agent }

    /// The note as a sentence in the language of the task.
    public var text: String {
        switch self {
        case .noData: localized("The warehouse has no calls and no queue events for this time.")
        case .emptyDays(let days): localized("No calls and no queue events on \(Self.list(days)).")
        case .noQueueLog:
            localized(
                "The warehouse has no queue_log for this time: queues are estimated from the CDRs, and agents are unknown."
            )
        case .daysWithoutEvents(let days): localized("CDRs but no queue events on \(Self.list(days)).")
        case .daysWithoutCalls(let days): localized("Queue events but no CDRs on \(Self.list(days)).")
        case .callsWithoutVisit(let count):
            localized(
                count,
                one:
                    "\(count) call has a queue leg in the CDRs but no visit in the queue_log: the queue was full or empty, or the log is incomplete.",
                other:
                    "\(count) calls have a queue leg in the CDRs but no visit in the queue_log: the queue was full or empty, or the log is incomplete."
            )
        case .visitsWithoutCall(let count):
            localized(
                count,
                one:
                    "\(count) visit of the queue_log has no CDR: the PBX does not log unanswered calls, or the CDRs are incomplete.",
                other:
                    "\(count) visits of the queue_log have no CDR: the PBX does not log unanswered calls, or the CDRs are incomplete."
            )
        case .notNarrowed(let report, .pbx):
            localized("Report \(report) cannot be limited to one PBX: its figures are those of all.")
        case .notNarrowed(let report, .queue):
            localized("Report \(report) cannot be limited to one queue: its figures are those of all.")
        case .notNarrowed(let report, .agent):
            localized("Report \(report) cannot be limited to one agent: its figures are those of all.")
        case .lostWithoutNumber(let count):
            localized(
                count,
                one: "One lost call has no number and cannot be called back.",
                other: "\(count) lost calls have no number and cannot be called back."
            )
        }
    }

    /// The note in English, for programs.
    var english: String { Language.$current.withValue(.english) { text } }

    /// Days, and ranges of them: `2026-11-18, 2026-11-21 to 2026-11-23`.
    private static func list(_ days: [Days]) -> String {
        days.map { days in
            let (first, last) = (Words.date(days.first), Words.date(days.last))
            return days.first == days.last ? first : localized("\(first) to \(last)", context: "days")
        }.joined(separator: ", ")
    }
}
