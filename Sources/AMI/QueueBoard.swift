/// What a queue wallboard shows: a snapshot of `QueueStatus`, kept up to date by events.
///
/// Subscribe to events first, then take the snapshot, then apply the events that came meanwhile; they only repeat what the
/// snapshot has, or add to it. Take a new snapshot every minute or so and after every gap, since events can be lost.
/// All times are seconds since 1970.
public struct QueueBoard: Sendable {
    /// A caller who waits.
    public struct Caller: Sendable, Equatable {
        /// The caller's channel.
        public var channel: String
        /// The channel's uniqueid: the key.
        public var uniqueid: String
        /// The caller's number; empty if there is none.
        public var number: String
        /// The caller's name; empty if there is none.
        public var name: String
        /// The place in the queue, from 1.
        public var position: Int
        /// When the caller entered.
        public var since: Double
    }

    /// A caller who gave up.
    public struct Abandoned: Sendable, Equatable {
        /// The caller as last seen.
        public var caller: Caller
        /// The queue.
        public var queue: String
        /// When the caller left.
        public var at: Double
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

        /// The interface that is dialled: the key.
        public var interface: String
        /// The member's name.
        public var name: String
        /// Whose state counts, where that is not the interface's.
        public var stateInterface: String
        /// `static`, `dynamic` or `realtime`.
        public var membership: String
        /// The device's state.
        public var status: Status
        /// Members of a lower penalty are called first.
        public var penalty: Int
        /// Calls taken since the counters were reset.
        public var callsTaken: Int
        /// When the last call ended; nil if never.
        public var lastCall: Double?
        /// Whether the member is paused.
        public var isPaused: Bool
        /// The pause's reason; empty if there is none.
        public var pausedReason: String
        /// When the pause began, where the PBX says so. Asterisk keeps the time after the pause, so it means nothing without one.
        public var pausedSince: Double?
        /// When the member logged in; nil if not known.
        public var loggedInSince: Double?
        /// Whether the member has a call of this queue.
        public var isInCall: Bool
        /// Since when status, pause and call are as they are, as far as this board saw.
        public var since: Double

        /// Whether the member could be given a call now.
        public var isFree: Bool { !isPaused && status == .notInUse && !isInCall }
        /// Whether the member is there at all.
        public var isLoggedIn: Bool { status != .unavailable && status != .invalid }
    }

    /// One queue.
    public struct Queue: Sendable, Equatable {
        /// Its name.
        public var name: String
        /// Its strategy, as `rrmemory`.
        public var strategy = ""
        /// The most callers; 0 is no limit.
        public var maximum = 0
        /// Callers who wait, by position.
        public var callers: [Caller] = []
        /// Members in the PBX's order.
        public var members: [Member] = []
        /// Calls completed since the counters were reset.
        public var completed = 0
        /// Calls abandoned since then.
        public var abandoned = 0
        /// Average wait in seconds; Asterisk lets old calls fade.
        public var holdTime = 0
        /// Average talk in seconds, likewise.
        public var talkTime = 0
        /// The service level in seconds.
        public var serviceLevel = 0
        /// Percent of the completed calls that were answered within it.
        public var serviceLevelPerf = 0.0
        /// Percent of all calls that were answered or abandoned within it (Asterisk 16 and later).
        public var serviceLevelPerf2: Double?

        /// Members who could take a call now.
        public var freeMembers: Int { members.count { $0.isFree } }
        /// Seconds that the first caller has waited.
        public func longestWait(at now: Double) -> Double { callers.map { max(0, now - $0.since) }.max() ?? 0 }
    }

    /// Queues by name, sorted.
    public private(set) var queues: [Queue] = []
    /// Callers who gave up since the board was made, latest last; at most 200.
    public private(set) var lost: [Abandoned] = []
    /// When the last snapshot was taken; nil before the first.
    public private(set) var snapshotAt: Double?
    /// Show only these queues; empty shows all.
    private let wanted: Set<String>

    /// A board of nothing.
    public init(queues: [String] = []) {
        self.wanted = Set(queues.map { $0.lowercased() })
    }

    /// The queue of that name.
    public subscript(name: String) -> Queue? { queues.first { $0.name == name } }

    /// Takes the items of a complete `QueueStatus`. What only events tell (since when) is kept where nothing changed.
    public mutating func replace(with items: [Message], at now: Double) {
        let before = queues
        queues = []
        for item in items {
            guard let name = item["Queue"], isWanted(name) else { continue }
            switch item.eventName {
            case "QueueParams": modify(name) { $0.take(parameters: item) }
            case "QueueMember":
                guard let member = Member(item, at: now) else { continue }
                let old = before.first { $0.name == name }?.members.first { $0.interface == member.interface }
                modify(name) { $0.put(member.keepingSince(of: old)) }
            case "QueueEntry":
                guard let caller = Caller(item, since: now - (item.number("Wait") ?? 0)) else { continue }
                let old = before.first { $0.name == name }?.callers.first { $0.uniqueid == caller.uniqueid }
                modify(name) { $0.put(old.map { caller.since(of: $0) } ?? caller) }
            default: continue
            }
        }
        queues.sort { $0.name < $1.name }
        snapshotAt = now
    }

    /// Takes a normalised event.
    ///
    /// - Returns: Whether the board changed.
    @discardableResult
    public mutating func apply(_ event: Message, at now: Double) -> Bool {
        guard let name = event["Queue"], isWanted(name) else { return false }
        let time = event.timestamp ?? now
        switch event.eventName {
        case "QueueCallerJoin":
            guard let caller = Caller(event, since: time) else { return false }
            modify(name) { if !$0.callers.contains(where: { $0.uniqueid == caller.uniqueid }) { $0.put(caller) } }
        case "QueueCallerAbandon": abandon(event, name, time)
        case "QueueCallerLeave": modify(name) { $0.removeCaller(event["Uniqueid"] ?? "") }
        case "QueueMemberAdded", "QueueMemberStatus", "QueueMemberPause", "QueueMemberPenalty", "QueueMemberRinginuse":
            guard let interface = event.nonEmpty("Interface") else { return false }
            modify(name) { queue in
                let old = queue.members.first { $0.interface == interface }
                guard let member = Member(event, updating: old, at: time) else { return }
                queue.put(member.keepingSince(of: old))
            }
        case "QueueMemberRemoved": modify(name) { $0.members.removeAll { $0.interface == event["Interface"] } }
        case "AgentConnect", "AgentComplete": modify(name) { $0.agent(event, at: time) }
        default: return false
        }
        return true
    }

    /// `Abandon` is followed by `Leave`: the caller is counted here and gone by then.
    private mutating func abandon(_ event: Message, _ name: String, _ time: Double) {
        let uniqueid = event["Uniqueid"] ?? ""
        guard !lost.contains(where: { $0.caller.uniqueid == uniqueid && $0.queue == name && $0.at == time }) else {
            return
        }
        let since = time - (event.number("HoldTime") ?? 0)
        let caller = self[name]?.callers.first { $0.uniqueid == uniqueid } ?? Caller(event, since: since)
        modify(name) { queue in
            queue.removeCaller(uniqueid)
            queue.abandoned += 1
        }
        guard let caller else { return }
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
