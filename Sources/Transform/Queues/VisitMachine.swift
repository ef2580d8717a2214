public import Base
public import CallRecords

/// Follows one call through its queues: events in, visits out.
///
/// The unit is the visit, not the call: the same call may enter several queues, and the same queue again. A queue is
/// the same in every spelling (``QueueName``). A visit shows the spelling of its CONNECT, which is that of
/// `queues.conf`, or otherwise of its ENTERQUEUE.
public struct VisitMachine: EventMachine {
    private var visits: [QueueVisit] = []
    /// The current visit in a queue, by the queue's key. Invariant: at most one for each queue, and no event has ended
    /// it for good.
    private var open: [String: Int] = [:]
    /// The last visit to a queue, current or ended.
    private var latest: [String: Int] = [:]

    /// The call is not in any queue yet.
    public init() {}

    /// Follows a call from its first event to its last.
    ///
    /// - Parameters:
    ///   - events: all events of the call, in ascending order of time.
    ///   - restarts: instants of QUEUESTART, ascending: what was open then can no longer end.
    /// - Returns: the visits in the order in which they began.
    public static func visits(of events: [QueueEvent], restarts: [Moment]) -> [QueueVisit] {
        var machine = VisitMachine()
        machine.follow(events)
        return machine.finish(restarts: restarts)
    }

    /// Which of several events of one second can have happened first: 0 for the one that the state requires.
    func rank(_ event: QueueEvent) -> Int {
        guard let queue = event.queue.map(QueueName.key) else { return 9 }
        if event.talk != nil, lateTalk(queue, endedBy: event) != nil { return 1 }
        guard let visit = open[queue].map({ visits[$0] }) else {
            return event.kind == .enterQueue ? 1 : event.kind.endsTalk ? 4 : 3
        }
        switch event.kind {
        case .enterQueue: return 2
        // A wait that does not fit belongs to a visit that begins later in this second.
        case .connect: return visit.connectedAt == nil && fits(event, visit) ? 0 : 3
        case .agentDump, .sysCompat: return visit.connectedAt == nil ? 0 : 3
        case .completeCaller, .completeAgent, .transfer, .blindTransfer, .attendedTransfer:
            // Whatever the waits, nobody talks before the connection.
            guard visit.connectedAt != nil else { return fits(event, visit) ? 1 : 4 }
            // No logged length includes an announcement to the agent: then the agent shows whose talk it was.
            return fits(event, visit) ? 0 : event.agent == visit.agent ? 1 : 3
        // A caller who is talking does not leave the queue; one who enters it again may, in the same second.
        default: return visit.connectedAt == nil && fits(event, visit) ? 1 : 3
        }
    }

    /// Whether the wait in an event equals the time since the visit began, give or take a second.
    private func fits(_ event: QueueEvent, _ visit: QueueVisit) -> Bool {
        guard let entered = event.impliedEntry else { return true }
        return abs(entered.seconds(since: visit.enteredAt)) <= 1
    }

    mutating func handle(_ event: QueueEvent) {
        guard let name = event.queue else { return }
        let queue = QueueName.key(name)
        switch event.kind {
        case .enterQueue: enter(queue, event)
        case .connect: connect(queue, event)
        case .completeCaller: complete(queue, event, by: .caller)
        case .completeAgent: complete(queue, event, by: .agent)
        case .transfer, .blindTransfer, .attendedTransfer: complete(queue, event, by: .transfer)
        case .abandon: leave(queue, event, as: .abandoned)
        case .exitWithTimeout: leave(queue, event, as: .timedOut)
        case .exitWithKey: leave(queue, event, as: .exitKey)
        case .exitEmpty: leave(queue, event, as: .exitEmpty)
        case .withdraw: leave(queue, event, as: .withdrawn)
        case .agentDump, .sysCompat: drop(queue, event)
        case .missed: if let index = open[queue] { void(index, at: event.at) }
        default: return
        }
    }

    private mutating func enter(_ queue: String, _ event: QueueEvent) {
        if let index = open[queue], isSame(event, visits[index]) { return }
        // The log has no end for a visit in progress, but the call no longer exists.
        if let index = open.removeValue(forKey: queue) { void(index, at: event.at) }
        begin(queue, event, at: event.at)
        visits[visits.count - 1].position = event.entryPosition
        visits[visits.count - 1].caller = event.data[1]
    }

    /// Whether this is the ENTERQUEUE with which the visit began: the file and the table of one PBX may differ by a
    /// second.
    private func isSame(_ event: QueueEvent, _ visit: QueueVisit) -> Bool {
        visit.connectedAt == nil && visit.beginning == .logged && event.at.seconds(since: visit.enteredAt) <= 1
            && visit.position != nil && event.entryPosition == visit.position && event.data[1] == visit.caller
    }

    private mutating func begin(_ queue: String, _ event: QueueEvent, at instant: Moment) {
        let entry = (latest[queue].map { visits[$0].entry } ?? 0) &+ 1
        open[queue] = visits.count
        latest[queue] = visits.count
        visits.append(QueueVisit(queue: event.queue ?? queue, entry: entry, enteredAt: instant))
    }

    /// A visit without a logged beginning: the log begins in the middle of it, or the ENTERQUEUE is under another
    /// callid.
    private mutating func beginBefore(_ queue: String, _ event: QueueEvent) -> Int {
        begin(queue, event, at: event.impliedEntry ?? event.at)
        visits[visits.count - 1].beginning = .missing
        return visits.count - 1
    }

    private mutating func connect(_ queue: String, _ event: QueueEvent) {
        let index = open[queue] ?? beginBefore(queue, event)
        guard visits[index].connectedAt == nil else { return }
        visits[index].queue = event.queue ?? visits[index].queue
        visits[index].outcome = .answered
        visits[index].connectedAt = event.at
        visits[index].leftAt = nil
        visits[index].agent = event.agent
        visits[index].ring = event.ring
        visits[index].wait = event.wait ?? seconds(from: visits[index].enteredAt, to: event.at)
    }

    /// The visit to which an end belongs.
    ///
    /// A second end of a finished visit belongs to none: ABANDON is logged twice if the caller hangs up during the
    /// announcement.
    private mutating func visit(in queue: String, endedBy event: QueueEvent) -> Int? {
        if let index = lateTalk(queue, endedBy: event) ?? open[queue] { return index }
        guard let over = latest[queue] else { return beginBefore(queue, event) }
        guard event.talk == nil, event.impliedEntry != nil, !fits(event, visits[over]) else { return nil }
        return beginBefore(queue, event)
    }

    /// The earlier visit that is ended by a late event, when the caller is already in the same queue again: waiting,
    /// answered, or gone from there too. Asterisk logs the end with the wait of the earlier visit, which identifies it;
    /// if there was an announcement to the agent, which no logged length includes, the agent identifies it.
    private func lateTalk(_ queue: String, endedBy event: QueueEvent) -> Int? {
        guard event.talk != nil, let last = latest[queue] else { return nil }
        let current = visits[last]
        if open[queue] == last, current.connectedAt != nil {
            // The visit that is talking now is tried first.
            if fits(event, current) || event.wait == current.wait && event.agent == current.agent { return nil }
        } else if open[queue] == last, current.beginning == .logged, fits(event, current) {
            return nil
        }
        let unfinished = visits[..<last].indices.reversed().filter { index in
            let visit = visits[index]
            return QueueName.key(visit.queue) == queue && visit.connectedAt != nil && visit.leftAt == nil
        }
        return unfinished.first { fits(event, visits[$0]) && visits[$0].agent == event.agent }
            ?? unfinished.first { event.wait == visits[$0].wait && visits[$0].agent == event.agent }
            ?? unfinished.first { fits(event, visits[$0]) }
            ?? unfinished.first { visits[$0].entry == current.entry - 1 && visits[$0].agent == event.agent }
    }

    private mutating func complete(_ queue: String, _ event: QueueEvent, by who: QueueVisit.EndedBy) {
        guard let index = visit(in: queue, endedBy: event) else { return }
        if open[queue] == index { open[queue] = nil }
        visits[index].outcome = .answered
        let connected = visits[index].connectedAt ?? event.at.adding(seconds: -Int64(event.talk ?? 0))
        visits[index].connectedAt = connected
        visits[index].agent = visits[index].agent ?? event.agent
        visits[index].wait = visits[index].wait ?? event.wait ?? seconds(from: visits[index].enteredAt, to: connected)
        visits[index].talk = event.talk ?? seconds(from: connected, to: event.at)
        visits[index].leftAt = event.at
        visits[index].endedBy = who
        if who == .transfer {
            visits[index].isTransferred = true
            visits[index].transferTarget = Self.target(event)
        }
    }

    private mutating func leave(_ queue: String, _ event: QueueEvent, as outcome: QueueVisit.Outcome) {
        guard let index = visit(in: queue, endedBy: event) else { return }
        if open[queue] == index { open[queue] = nil }
        visits[index].leftAt = event.at
        // An answered visit remains answered.
        guard visits[index].connectedAt == nil else { return }
        visits[index].outcome = outcome
        visits[index].wait = event.wait ?? seconds(from: visits[index].enteredAt, to: event.at)
        visits[index].leftPosition = event.leftPosition
        if outcome == .exitKey { visits[index].exitKey = event.data[0] }
    }

    /// The agent who had answered was lost before the caller was put through. Usually the caller is lost as well, and
    /// nothing more is logged; anything that is logged takes precedence.
    private mutating func drop(_ queue: String, _ event: QueueEvent) {
        guard let index = open[queue], visits[index].connectedAt == nil else { return }
        void(index, at: event.at)
        visits[index].wait = seconds(from: visits[index].enteredAt, to: event.at)
    }

    /// The visit can no longer end. The length of the caller's wait is unknown.
    private mutating func void(_ index: Int, at instant: Moment) {
        guard visits[index].connectedAt == nil, visits[index].outcome != .unserved else { return }
        visits[index].outcome = .unserved
        visits[index].leftAt = instant
    }

    private mutating func finish(restarts: [Moment]) -> [QueueVisit] {
        for index in open.values {
            if let restart = restarts.first(where: { $0 > visits[index].enteredAt }) { void(index, at: restart) }
        }
        // If the beginning had to be computed, the order of the events is not the order of the visits.
        return visits.sorted { ($0.enteredAt, $0.queue, $0.entry) < ($1.enteredAt, $1.queue, $1.entry) }
    }

    /// `104@from-internal`, or the target of an attended transfer.
    private static func target(_ event: QueueEvent) -> String? {
        guard event.kind != .attendedTransfer else { return event.data[1] }
        guard let exten = event.data[0] else { return nil }
        return event.data[1].map { "\(exten)@\($0)" } ?? exten
    }

    private func seconds(from start: Moment, to end: Moment) -> Int32 {
        Int32(clamping: max(0, end.seconds(since: start)))
    }
}

extension QueueEvent.Kind {
    fileprivate var endsTalk: Bool {
        [.completeCaller, .completeAgent, .transfer, .blindTransfer, .attendedTransfer].contains(self)
    }
}

extension QueueEvent {
    /// When the visit began, according to the lengths in the event; `nil` if it has none.
    fileprivate var impliedEntry: Moment? { wait.map { at.adding(seconds: -Int64($0) - Int64(talk ?? 0)) } }
}
