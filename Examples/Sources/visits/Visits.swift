import Base
import CallRecords
import Extract
import Transform

/// Counts the visits to each queue of a queue_log by their outcome: `visits queue_log`
@main
struct Visits {
    static func main() throws {
        var reader = try QueueLogReader(path: CommandLine.arguments[1])
        var transform = QueueEventTransform(clock: LegClock(zone: .utc), window: .all)
        var batch = QueueEvents()
        var rejects: [RejectedRecord] = []
        var calls: [String: [QueueEvent]] = [:]
        var restarts: [Moment] = []
        while try reader.next(into: &batch.records, rejects: &rejects) {
            _ = transform.transform(&batch)
            for case (let callid, let event)? in batch.selection.map(batch.event) {
                if event.kind == .queueStart { restarts.append(event.at) }
                if let callid { calls[callid, default: []].append(event) }
            }
        }
        var counts: [String: Int] = [:]
        for events in calls.values {
            for visit in VisitMachine.visits(of: events, restarts: restarts) {
                counts["\(visit.queue): \(visit.outcome.rawValue)", default: 0] += 1
            }
        }
        for (words, count) in counts.sorted(by: { $0.key < $1.key }) { print("\(words) \(count)") }
    }
}
