public import CallRecords

/// Follows one call through its queues: events in, visits out.
///
/// The unit is the visit, not the call: the same call may enter several queues, and the same queue again. Events of one
/// second may come in any order, since neither tables nor cut files keep the order of the log; the machine takes those
/// first that make sense in the state it is in.
public struct VisitMachine {
    private var visits: [QueueVisit] = []
    /// The visit that is going on in a queue. Invariant: at most one a queue, and it has no end.
    private var open: [String: Int] = [:]

    public init() {}

    /// The visits of a call.
    ///
    /// - Parameters:
    ///   - events: all events of the call, in ascending order of time.
    ///   - restarts: instants of QUEUESTART, ascending: what was open then has no end any more.
    public static func visits(of events: [QueueEvent], restarts: [Int64]) -> [QueueVisit] {
        var machine = VisitMachine()
        var rest = events[...]
        while let first = rest.first {
            let second = rest.prefix { $0.at == first.at }
            rest = rest.dropFirst(second.count)
            machine.handle(second: Array(second))
        }
        return machine.finish(restarts: restarts)
    }

    private mutating func handle(second events: [QueueEvent]) {
        if events.count == 1 { return handle(events[0]) }
        var waiting = events.sorted(by: QueueEvent.contentOrder)
        while let next = waiting.indices.min(by: { rank(waiting[$0]) < rank(waiting[$1]) }) {
            handle(waiting.remove(at: next))
        }
    }

    /// Which of several events of one second can have happened first: 0 for the one that the state asks for.
    private func rank(_ event: QueueEvent) -> Int {
        guard let queue = event.queue else { return 9 }
        guard let visit = open[queue].map({ visits[$0] }) else { return event.kind == .enterQueue ? 1 : 3 }
        switch event.kind {
        case .connect: return visit.connectedAt == nil ? 0 : 3
        case .enterQueue: return 2
        default: return visit.connectedAt == nil ? 1 : 0
        }
    }

    private mutating func handle(_ event: QueueEvent) {
        guard let queue = event.queue else { return }
        switch event.kind {
        case .enterQueue:
            enter(queue, event)
        case .connect:
            guard let index = visit(in: queue, for: event), visits[index].connectedAt == nil else { return }
            visits[index].outcome = .answered
            visits[index].connectedAt = event.at
            visits[index].agent = event.agent
            visits[index].ring = event.ring
            visits[index].wait = event.wait ?? seconds(from: visits[index].enteredAt, to: event.at)
        case .completeCaller: complete(queue, event, by: .caller)
        case .completeAgent: complete(queue, event, by: .agent)
        case .transfer, .blindTransfer, .attendedTransfer: complete(queue, event, by: .transfer)
        case .abandon: leave(queue, event, as: .abandoned)
        case .exitWithTimeout: leave(queue, event, as: .timedOut)
        case .exitWithKey: leave(queue, event, as: .exitKey)
        case .exitEmpty: leave(queue, event, as: .exitEmpty)
        case .withdraw: leave(queue, event, as: .withdrawn)
        default: return
        }
    }

    private mutating func enter(_ queue: String, _ event: QueueEvent) {
        if let index = open.removeValue(forKey: queue) {
            // The log has no end for it, and the call is not there any more.
            if visits[index].connectedAt == nil {
                visits[index].outcome = .unserved
                visits[index].leftAt = event.at
            }
        }
        begin(queue, at: event.at)
        visits[visits.count - 1].position = event.entryPosition
        visits[visits.count - 1].caller = event.data[1]
    }

    private mutating func begin(_ queue: String, at instant: Int64) {
        let entry = Int16(clamping: visits.count { $0.queue == queue } + 1)
        open[queue] = visits.count
        visits.append(QueueVisit(queue: queue, entry: entry, enteredAt: instant))
    }

    /// The visit that an event belongs to.
    ///
    /// Where the log begins in the middle of a visit, its beginning is worked out from the lengths in the event. A second
    /// end of a visit that is over (ABANDON is logged twice when the caller hangs up during the announcement) belongs to none.
    private mutating func visit(in queue: String, for event: QueueEvent) -> Int? {
        if let index = open[queue] { return index }
        guard !visits.contains(where: { $0.queue == queue }) else { return nil }
        begin(queue, at: event.at - Int64(event.wait ?? 0) - Int64(event.talk ?? 0))
        return visits.count - 1
    }

    private mutating func complete(_ queue: String, _ event: QueueEvent, by who: QueueVisit.EndedBy) {
        guard let index = visit(in: queue, for: event) else { return }
        open[queue] = nil
        visits[index].outcome = .answered
        visits[index].agent = visits[index].agent ?? event.agent
        visits[index].wait = visits[index].wait ?? event.wait
        visits[index].talk = event.talk ?? visits[index].connectedAt.map { seconds(from: $0, to: event.at) }
        visits[index].leftAt = event.at
        visits[index].endedBy = who
        if who == .transfer {
            visits[index].isTransferred = true
            visits[index].transferTarget = Self.target(event)
        }
    }

    private mutating func leave(_ queue: String, _ event: QueueEvent, as outcome: QueueVisit.Outcome) {
        guard let index = visit(in: queue, for: event) else { return }
        open[queue] = nil
        visits[index].leftAt = event.at
        // An answered visit stays answered.
        guard visits[index].connectedAt == nil else { return }
        visits[index].outcome = outcome
        visits[index].wait = event.wait ?? seconds(from: visits[index].enteredAt, to: event.at)
        visits[index].leftPosition = event.leftPosition
        if outcome == .exitKey { visits[index].exitKey = event.data[0] }
    }

    private mutating func finish(restarts: [Int64]) -> [QueueVisit] {
        for index in open.values where visits[index].connectedAt == nil {
            guard let restart = restarts.first(where: { $0 > visits[index].enteredAt }) else { continue }
            visits[index].outcome = .unserved
            visits[index].leftAt = restart
        }
        return visits
    }

    /// `104@from-internal`, or what an attended transfer names.
    private static func target(_ event: QueueEvent) -> String? {
        guard event.kind != .attendedTransfer else { return event.data[1] }
        guard let exten = event.data[0] else { return nil }
        return event.data[1].map { "\(exten)@\($0)" } ?? exten
    }

    private func seconds(from start: Int64, to end: Int64) -> Int32 { Int32(clamping: max(0, end - start)) }
}
