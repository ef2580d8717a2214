import Base
import CallRecords
import TestSupport

/// Lines of a queue_log and visits as tables.
enum VisitTable {
    /// The events in lines of `seconds|callid|queue|agent|EVENT|data1|…`, with seconds counted from `origin`, or
    /// written as `13:11:18`.
    static func events(_ log: String, from origin: Moment = 0, callid: String? = nil) -> [QueueEvent] {
        log.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "|", omittingEmptySubsequences: false).map(trimmed)
            if let callid, fields[1] != callid { return nil }
            guard let kind = QueueEvent.Kind(rawValue: fields[4]) else { return nil }
            let parts = fields[0].split(separator: ":").compactMap { Int64($0) }
            var data = InlineArray<5, String?>(repeating: nil)
            for (index, text) in fields.dropFirst(5).enumerated() where !text.isEmpty {
                if index < 5 { data[index] = text } else { data[4] = (data[4] ?? "") + "|" + text }
            }
            return QueueEvent(
                at: origin + parts.reduce(0) { $0 * 60 + $1 },
                kind: kind,
                queue: none(fields[2]),
                agent: none(fields[3]),
                data: data
            )
        }
    }

    /// Visits as rows of `queue entry entered connected left outcome wait ring talk agent ended`.
    static func rows(_ visits: [QueueVisit], from origin: Moment = 0) -> String {
        visits.map { visit in
            let end =
                visit.isTransferred ? "to \(visit.transferTarget ?? "?")" : visit.endedBy?.rawValue ?? visit.exitKey
            return [
                visit.queue, "\(visit.entry)", "\(visit.enteredAt.seconds(since: origin))",
                text(visit.connectedAt.map { $0.seconds(since: origin) }),
                text(visit.leftAt.map { $0.seconds(since: origin) }), visit.outcome.rawValue, text(visit.wait),
                text(visit.ring),
                text(visit.talk), visit.agent ?? "-", end ?? "-",
            ].joined(separator: " ")
        }.joined(separator: "\n")
    }

    /// A table without the blanks used for alignment.
    static func squeezed(_ table: String) -> String {
        table.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }.joined(separator: "\n")
    }

    private static func text(_ number: (some BinaryInteger)?) -> String { number.map { "\($0)" } ?? "-" }
    private static func none(_ text: String) -> String? { text == "NONE" || text.isEmpty ? nil : text }
    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
