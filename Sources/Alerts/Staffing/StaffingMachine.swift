public import Base

/// Decides which members queues get, and when they are taken out again. Does no I/O and has no clock.
///
/// A rule goes from normal to pending, staffed, recovering and back to normal. Where nothing is known about its PBX, it
/// stays as it is, gives no orders, and the time is not counted. Only a member that a rule has put in itself is taken
/// out, and only as long as nobody else has changed that membership.
public struct StaffingMachine: Sendable {
    /// What one evaluation leads to.
    public struct Step: Sendable, Equatable {
        /// What is to be sent to the PBXs, at most one order a rule. ``StaffingMachine/memory`` must be on the disk
        /// before.
        public var orders: [StaffingOrder] = []
        /// What was found.
        public var events: [StaffingEvent] = []
        /// Devices whose states are needed before a member can be chosen, by PBX. If they are known, the same
        /// evaluation can be made again.
        public var wanted: [String: Set<String>] = [:]
    }

    /// What has to be remembered over a restart.
    public internal(set) var memory: StaffingMemory
    let rules: [String: StaffingRule]

    /// How long the board may take to show what an order did.
    static let boardDelay = Duration.seconds(90)
    /// How long an order without an answer may still be carried out.
    static let orderDelay = Duration.seconds(60)
    /// How far the PBX's clock may be from ours.
    static let skew = Duration.seconds(60)
    /// How long it may be unknown whether a member is still the rule's.
    static let longestDoubt = Duration.seconds(600)
    /// How long a queue may be missing before its members are forgotten.
    static let longestMissing = Duration.seconds(86_400)
    /// The longest time between two attempts.
    static let longestBackOff = Duration.seconds(1800)

    /// A machine for these rules.
    ///
    /// - Parameter memory: What the last one remembered. The time since then counts as time of which nothing is known.
    public init(_ rules: [StaffingRule], continuing memory: StaffingMemory) {
        self.rules = Dictionary(rules.map { ($0.name, $0) }) { first, _ in first }
        self.memory = memory
        for name in self.memory.rules.keys where self.memory.rules[name]?.blindSince == nil {
            self.memory.rules[name]?.blindSince = memory.at
        }
    }

    /// Takes what is known about the PBXs. A PBX that is missing counts as one of which nothing is known.
    public mutating func step(_ sights: [StaffingSight], at now: Moment) -> Step {
        if now < memory.at { shift(by: now - memory.at) }
        memory.at = now
        var step = Step()
        let known = Dictionary(sights.filter { $0.queues != nil }.map { ($0.pbx, $0) }) { first, _ in first }
        compare(known, &step, at: now)
        for rule in rules.values.sorted(by: { $0.name < $1.name }) {
            guard let sight = known[rule.pbx], let queue = sight.queue(rule.queue) else {
                memory.rules[rule.name]?.loseSight(at: now)
                continue
            }
            follow(rule, queue, sight, &step, at: now)
        }
        release(known, &step, at: now)
        for (name, state) in memory.rules where state.isAtRest(at: now) && !isPlaced(by: name) {
            memory.rules[name] = nil
        }
        return step
    }

    /// When something changes by the passing of time alone; nil if nothing does.
    public var deadline: Moment? {
        let states = memory.rules.flatMap { name, state -> [Moment] in
            guard state.blindSince == nil, let rule = rules[name] else { return [] }
            let rest = state.restUntil ?? .distantPast
            switch state.phase {
            case .normal: return []
            case .pending: return [state.countedFrom + rule.condition.hold]
            case .recovering: return [max(rest, state.countedFrom + rule.condition.keep)]
            case .staffed: return [max(rest, state.lastAt.map { $0 + rule.every } ?? .distantPast)]
            }
        }
        let ends = memory.placements.flatMap { placement -> [Moment] in
            guard let since = placement.since, let rule = rules[placement.rule] else { return [] }
            return [since + rule.leastTime] + (rule.longestTime > .zero ? [since + rule.longestTime] : [])
        }
        return (states + ends).filter { $0 > memory.at }.min()
    }

    /// Takes what became of an order.
    ///
    /// - Returns: What is to be told.
    public mutating func finish(
        _ order: StaffingOrder,
        _ outcome: StaffingOutcome,
        at now: Moment
    ) -> [StaffingEvent] {
        let index = memory.placements.firstIndex { $0.rule == order.placement.rule && $0.isAbout(order.placement) }
        guard let index else { return [] }
        let name = order.placement.rule
        var state = memory.rules[name] ?? StaffingState(at: now)
        defer { memory.rules[name] = state }
        switch outcome {
        case .done(let loggedInSince):
            (state.trouble, state.restUntil) = (nil, nil)
            if order.isEnd {
                let placement = memory.placements.remove(at: index)
                if state.isOverdue(placement, rules[name], at: now) { state.spent.insert(placement.interface) }
                return [.ended(placement, reason: order.reason)]
            }
            memory.placements[index].since = now
            memory.placements[index].loggedInSince = loggedInSince
            state.lastAt = now
            return [.began(memory.placements[index], reason: order.reason)]
        case .outdated:
            if !order.isEnd { memory.placements.remove(at: index) }
            state.restUntil = now + .seconds(5)
            return []
        case .failed(let reason):
            if !order.isEnd { memory.placements.remove(at: index) }
            return [state.fail(reason, of: name, at: now)]
        case .unknown(let reason): return [state.fail(reason, of: name, at: now)]
        }
    }

    func isPlaced(by rule: String) -> Bool { memory.placements.contains { $0.rule == rule } }

    /// The clock was set back: everything that was to happen after some time still happens after that time.
    private mutating func shift(by difference: Duration) {
        for name in memory.rules.keys {
            guard var state = memory.rules[name] else { continue }
            (state.since, state.countedFrom) = (state.since + difference, state.countedFrom + difference)
            state.blindSince = state.blindSince.map { $0 + difference }
            (state.lastAt, state.restUntil) =
                (state.lastAt.map { $0 + difference }, state.restUntil.map { $0 + difference })
            memory.rules[name] = state
        }
        for index in memory.placements.indices {
            memory.placements[index].orderedAt = memory.placements[index].orderedAt + difference
            memory.placements[index].since = memory.placements[index].since.map { $0 + difference }
            memory.placements[index].doubtSince = memory.placements[index].doubtSince.map { $0 + difference }
            memory.placements[index].missingSince = memory.placements[index].missingSince.map { $0 + difference }
        }
    }
}

extension StaffingPlacement {
    func isAbout(_ other: StaffingPlacement) -> Bool {
        action == other.action && isAbout(other.pbx, other.queue, other.interface)
    }
}

extension StaffingState {
    mutating func loseSight(at now: Moment) { blindSince = blindSince ?? now }

    /// Whether a member has been in for the longest time.
    func isOverdue(_ placement: StaffingPlacement, _ rule: StaffingRule?, at now: Moment) -> Bool {
        guard let rule, rule.longestTime > .zero, let since = placement.since else { return false }
        return now - since >= rule.longestTime
    }

    /// An order failed: the next one waits, twice as long after each failure.
    mutating func fail(_ reason: String, of rule: String, at now: Moment) -> StaffingEvent {
        let failures = min(max(trouble?.failures ?? 0, 0), 19) + 1
        trouble = Trouble(since: trouble?.since ?? now, failures: failures, reason: reason)
        let pause = Duration.seconds(30 << min(failures - 1, 6))
        restUntil = now + min(pause, StaffingMachine.longestBackOff)
        return .failed(rule: rule, reason: reason)
    }
}
