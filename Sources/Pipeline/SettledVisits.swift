import Base
import CallRecords
import Transform

/// Builds the visits of a first load while its events are read, so that hardly any event must be read back from the
/// warehouse.
///
/// A call is settled when all its visits have ended and nothing has been logged about it for ten minutes of the log.
/// Every other call is handed back, to be built from the warehouse when all events are loaded: one that is still open,
/// one whose visit has no logged beginning, and one that the log mentions again after it was handed over. So the result
/// does not depend on the order of the events.
struct SettledVisits {
    /// What a batch has settled.
    struct Verdict: Sendable {
        /// Calls that have all their visits. None of them was in an earlier verdict.
        var settled: [CallVisits] = []
        /// Calls to be built from the warehouse. A call may occur more than once, and after it was settled.
        var unsettled: [String] = []
    }

    private struct Call {
        var events: [(event: QueueEvent, hash: Int64)] = []
        var last = Moment.distantPast

        mutating func add(_ event: QueueEvent, hash: Int64) {
            events.append((event, hash))
            last = max(last, event.at)
        }
    }

    private var maker: VisitMaker
    /// Calls with events since the last verdict about them. Invariant: at most ``capacity`` after each batch.
    private var pending: [String: Call] = [:]
    /// Calls that were in a verdict.
    private var known = CallidFilter()
    private var now = Moment.distantPast

    /// Seconds of the log.
    private static let rest: Int64 = 600
    /// Calls in memory; a PBX with more at once has them built from the warehouse.
    private static let capacity = 10_000

    init(numbers: NumberPlan) { maker = VisitMaker(numbers: numbers, restarts: []) }

    /// Takes the events of a batch.
    ///
    /// - Parameters:
    ///   - events: the batch.
    ///   - new: those of its events that no earlier batch had.
    mutating func take(_ events: QueueEvents, _ new: [Int]) -> Verdict {
        var verdict = Verdict()
        for record in new {
            guard let (callid, event) = events.event(record) else { continue }
            now = max(now, event.at)
            if event.kind == .queueStart { maker.restarts.append(event.at) }
            guard let callid, QueueEvent.visitKinds.contains(event.kind) else { continue }
            if known.mayContain(callid) {
                // What is pending of it belongs to the same call.
                pending[callid] = nil
                verdict.unsettled.append(callid)
            } else {
                pending[callid, default: Call()].add(event, hash: events.hashes[record])
            }
        }
        maker.restarts.sort()
        let limit = pending.count > Self.capacity ? now : now.adding(seconds: -Self.rest)
        settle(upTo: limit, &verdict)
        return verdict
    }

    /// Ends: what is not settled by now is built from the warehouse.
    mutating func finish() -> Verdict {
        var verdict = Verdict()
        settle(upTo: now, &verdict)
        return verdict
    }

    private mutating func settle(upTo limit: Moment, _ verdict: inout Verdict) {
        for (callid, call) in pending.filter({ $0.value.last <= limit }) {
            let visits = maker.visits(of: CallEvents(callid: callid, events: Self.inOrder(call.events)))
            if !visits.visits.isEmpty, visits.visits.allSatisfy(Self.isOver) {
                verdict.settled.append(visits)
            } else {
                verdict.unsettled.append(callid)
            }
            known.insert(callid)
            pending[callid] = nil
        }
        // The warehouse stores them in an order that does not depend on the process.
        verdict.settled.sort { $0.callid < $1.callid }
    }

    /// In the order in which the warehouse returns them (`events_of_callids.sql`).
    private static func inOrder(_ events: [(event: QueueEvent, hash: Int64)]) -> [QueueEvent] {
        events.sorted { ($0.event.at, $0.hash) < ($1.event.at, $1.hash) }.map(\.event)
    }

    private static func isOver(_ visit: QueueVisit) -> Bool {
        visit.leftAt != nil && visit.outcome != .unserved && visit.outcome != .inProgress && visit.beginning == .logged
    }
}
