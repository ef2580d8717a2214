public import Base

/// What a queue wallboard shows: a snapshot of the queues, kept up to date by events.
///
/// Subscribe to events first, then take the snapshot, then apply the events that arrived in the meantime; they only
/// repeat the snapshot or add to it. Take a new snapshot every minute or so and after every gap, since events can be
/// lost.
public struct QueueBoard: Sendable {
    /// A waiting caller.
    public struct Caller: Sendable, Equatable {
        /// The caller's channel.
        public var channel: String
        /// The channel's uniqueid: the key.
        public var uniqueid: String
        /// The caller's number; empty if there is none.
        public var number: String
        /// The caller's name; empty if there is none.
        public var name: String
        /// The place in the queue, counted from 1.
        public var position: Int
        /// When the caller entered.
        public var since: Moment
    }

    /// A caller who gave up.
    public struct Abandoned: Sendable, Equatable {
        /// The caller as last seen.
        public var caller: Caller
        /// The queue.
        public var queue: String
        /// When the caller left.
        public var at: Moment
    }

    /// A member of a queue.
    public struct Member: Sendable, Equatable {
        /// `AST_DEVICE_*` (include/asterisk/devicestate.h).
        public enum Status: Int, Sendable {
            case unknown, notInUse, inUse, busy, invalid, unavailable, ringing, ringInUse, onHold

            /// The word for a table.
            public var word: String {
                switch self {
                case .unknown: "unknown"
                case .notInUse: "free"
                case .inUse: "in use"
                case .busy: "busy"
                case .invalid: "invalid"
                case .unavailable: "unavailable"
                case .ringing: "ringing"
                case .ringInUse: "ringing, in use"
                case .onHold: "on hold"
                }
            }
        }

        /// The dialled interface: the key.
        public var interface: String
        /// The member's name.
        public var name: String
        /// The interface whose state is used, if it is not the dialled one.
        public var stateInterface: String
        /// `static`, `dynamic` or `realtime`.
        public var membership: String
        /// The device's state.
        public var status: Status
        /// Members with a lower penalty are called first.
        public var penalty: Int
        /// Calls taken since the counters were reset.
        public var callsTaken: Int
        /// When the last call ended; nil if never.
        public var lastCall: Moment?
        /// Whether the member is paused.
        public var isPaused: Bool
        /// The pause's reason; empty if there is none.
        public var pausedReason: String
        /// When the pause began, if the PBX reports it. Asterisk keeps this time after the pause, so it has no meaning
        /// unless the member is paused.
        public var pausedSince: Moment?
        /// When the member logged in; nil if not known.
        public var loggedInSince: Moment?
        /// Whether the member has a call from this queue.
        public var isInCall: Bool
        /// Since when status, pause and call have been unchanged, as far as this board has seen.
        public var since: Moment

        /// Whether the member could be given a call now.
        public var isFree: Bool { !isPaused && status == .notInUse && !isInCall }
        /// Whether the member's phone is reachable at all.
        public var isLoggedIn: Bool { status != .unavailable && status != .invalid }
    }

    /// One queue.
    public struct Queue: Sendable, Equatable {
        /// What the PBX reports about it, including its counters.
        public internal(set) var facts: QueueFacts
        /// Waiting callers, by position.
        public internal(set) var callers: [Caller] = []
        /// Members, in the PBX's order.
        public internal(set) var members: [Member] = []

        init(name: String) { facts = QueueFacts(name: name) }

        /// Its name.
        public var name: String { facts.name }
        /// Its strategy, such as `rrmemory`.
        public var strategy: String { facts.strategy }
        /// Calls completed since the counters were reset.
        public var completed: Int { facts.completed }
        /// Calls abandoned since then.
        public var abandoned: Int { facts.abandoned }
        /// Average wait in seconds; Asterisk weights recent calls more.
        public var holdTime: Int { facts.holdTime }
        /// Average talk time in seconds, weighted in the same way.
        public var talkTime: Int { facts.talkTime }
        /// The service level in seconds.
        public var serviceLevel: Int { facts.serviceLevel }
        /// Percentage of the completed calls that were answered within it.
        public var serviceLevelPerf: Double { facts.serviceLevelPerf }
        /// Percentage of all calls that were answered or abandoned within it (Asterisk 16 and later).
        public var serviceLevelPerf2: Double? { facts.serviceLevelPerf2 }

        /// Members who could take a call now.
        public var freeMembers: Int { members.count { $0.isFree } }
        /// How long the first caller has waited.
        public func longestWait(at now: Moment) -> Duration {
            callers.map { max(.zero, now - $0.since) }.max() ?? .zero
        }
    }

    /// Queues by name, sorted.
    public private(set) var queues: [Queue] = []
    /// Callers who gave up since the board was created, latest last; at most 200.
    public private(set) var lost: [Abandoned] = []
    /// When the last snapshot was taken; nil before the first.
    public private(set) var snapshotAt: Moment?
    /// The queues to show; if empty, all.
    private let wanted: Set<String>

    /// An empty board.
    public init(queues: [String] = []) {
        self.wanted = Set(queues.map { $0.lowercased() })
    }

    /// Leaves out the queues that a user may not see, and the callers lost in them.
    public mutating func keep(where isWanted: (String) -> Bool) {
        queues.removeAll { !isWanted($0.name) }
        lost.removeAll { !isWanted($0.queue) }
    }

    /// The queue with this name.
    public subscript(name: String) -> Queue? { queues.first { $0.name == name } }

    /// Takes the items of a complete list of queues. What only events report (the times since when) is kept if nothing
    /// changed.
    public mutating func replace(with items: [QueueSnapshotItem], at now: Moment) {
        let before = queues
        queues = []
        for item in items {
            switch item {
            case .queue(let facts): if isWanted(facts.name) { modify(facts.name) { $0.facts = facts } }
            case .member(let facts):
                guard isWanted(facts.queue), let member = Member(facts, at: now) else { continue }
                let old = before.first { $0.name == facts.queue }?.members.first { $0.interface == member.interface }
                modify(facts.queue) { $0.put(member.keepingSince(of: old)) }
            case .caller(let facts):
                guard isWanted(facts.queue) else { continue }
                let caller = Caller(facts, since: now - .seconds(facts.wait ?? 0))
                let old = before.first { $0.name == facts.queue }?.callers.first { $0.uniqueid == caller.uniqueid }
                modify(facts.queue) { $0.put(old.map { caller.since(of: $0) } ?? caller) }
            }
        }
        queues.sort { $0.name < $1.name }
        snapshotAt = now
    }

    /// Takes an event that happened at `time`.
    ///
    /// - Returns: Whether the board changed.
    @discardableResult
    public mutating func apply(_ event: PBXEvent, at time: Moment) -> Bool {
        switch event {
        case .queueCaller(let event): return apply(event, at: time)
        case .queueMember(let event): return apply(event, at: time)
        case .queueCall(let event):
            guard isWanted(event.queue) else { return false }
            switch event.kind {
            case .connected, .completed: modify(event.queue) { $0.take(event, at: time) }
            case .rings, .ringNoAnswer, .dumped: return false
            }
            return true
        case .channel, .dial, .bridge, .transfer, .parking, .originate, .device, .media, .system, .other: return false
        }
    }

    private mutating func apply(_ event: QueueCallerEvent, at time: Moment) -> Bool {
        guard isWanted(event.caller.queue), !event.caller.uniqueid.isEmpty else { return false }
        switch event.kind {
        case .joined:
            let caller = Caller(event.caller, since: time)
            modify(event.caller.queue) { queue in
                if !queue.callers.contains(where: { $0.uniqueid == caller.uniqueid }) { queue.put(caller) }
            }
        case .left: modify(event.caller.queue) { $0.removeCaller(event.caller.uniqueid) }
        case .abandoned: abandon(event.caller, time)
        }
        return true
    }

    private mutating func apply(_ event: QueueMemberEvent, at time: Moment) -> Bool {
        guard isWanted(event.member.queue), let interface = event.member.interface else { return false }
        modify(event.member.queue) { queue in
            if event.kind == .removed { return queue.members.removeAll { $0.interface == interface } }
            let old = queue.members.first { $0.interface == interface }
            guard let member = Member(event.member, updating: old, at: time) else { return }
            queue.put(member.keepingSince(of: old))
        }
        return true
    }

    /// An abandoned caller also leaves: the caller is counted here, and is gone by then.
    private mutating func abandon(_ facts: QueueCallerFacts, _ time: Moment) {
        let (uniqueid, name) = (facts.uniqueid, facts.queue)
        guard !lost.contains(where: { $0.caller.uniqueid == uniqueid && $0.queue == name && $0.at == time }) else {
            return
        }
        let caller =
            self[name]?.callers.first { $0.uniqueid == uniqueid }
            ?? Caller(facts, since: time - .seconds(facts.wait ?? 0))
        modify(name) { queue in
            queue.removeCaller(uniqueid)
            queue.facts.abandoned += 1
        }
        lost.append(Abandoned(caller: caller, queue: name, at: time))
        if lost.count > 200 { lost.removeFirst() }
    }

    private func isWanted(_ name: String) -> Bool { wanted.isEmpty || wanted.contains(name.lowercased()) }

    private mutating func modify(_ name: String, _ change: (inout Queue) -> Void) {
        if let index = queues.firstIndex(where: { $0.name == name }) {
            change(&queues[index])
        } else {
            var queue = Queue(name: name)
            change(&queue)
            queues.append(queue)
            queues.sort { $0.name < $1.name }
        }
    }
}
