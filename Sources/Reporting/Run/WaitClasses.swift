import Postgres

/// The number of visits by queue and class of wait.
struct WaitClasses: Sendable {
    struct Entry: Sendable {
        let pbx: String
        /// The queue's name in the form in which Asterisk compares it: in lower case.
        let queueKey: String
        /// The period in which the visits entered, counted from 1.
        let period: Int
        /// An index into ``WaitClasses/limits``; one past its end for the longest waits.
        let place: Int
        let answered: Int64
        /// Visits that ended in any other way, short ones aside.
        let lost: Int64
        /// Visits in which the caller hung up, short ones included.
        let abandoned: Int64
        /// The total wait of answered callers.
        let answeredWait: Int64
        /// The longest wait of the class.
        let longest: Int64
    }

    /// The longest wait of each class in seconds, inclusive. One more class follows, without a limit.
    let limits: [Int]
    let entries: [Entry]

    /// The classes' names: `≤ 5`, `6–10`, …, `> 300`, in seconds, and in minutes from two minutes on.
    var names: [String] {
        var names: [String] = []
        for (place, limit) in limits.enumerated() {
            names.append(place == 0 ? "≤ \(limit)" : "–\(limit)")
        }
        return names + ["> \(limits.last ?? 0)"]
    }
}

extension WaitClasses {
    /// Counts the visits in a window. Thresholds are limits, so that each class is either entirely in time or entirely
    /// late.
    init(_ request: ReportRequest, _ window: ResolvedWindow, on connection: borrowing Connection) throws {
        let thresholds = [request.thresholds.serviceLevel] + request.thresholds.queues.values.compactMap(\.serviceLevel)
        limits = Set([5, 10, 20, 30, 60, 120, 300] + thresholds).filter { $0 >= 0 }.sorted()
        let firsts = "{" + limits.map { String($0 + 1) }.joined(separator: ",") + "}"
        entries = try connection.query(
            ReportFiles.Support.waits,
            [
                .text(window.from.description), .text(window.to.description), .text(request.queue), .text(firsts),
                .text(window.periodList), .text(request.pbx), .text(String(request.thresholds.shortAbandon)),
                .text(request.thresholds.overrides),
            ]
        ).map { row in
            Entry(
                pbx: try row.text(0),
                queueKey: try row.text(1),
                period: Int(try row.int64(2)),
                place: Int(try row.int64(3)),
                answered: try row.int64(4),
                lost: try row.int64(5),
                abandoned: try row.int64(6),
                answeredWait: try row.int64(7),
                longest: try row.int64(8)
            )
        }
    }
}
