public import Base

/// Decides which alerts fire and what receivers are told. Does no I/O and has no clock.
///
/// Each alert goes from inactive to pending, firing, recovering and back to inactive. Where nothing is known about its
/// subject, it stays as it is, and the time is not counted. An alert is over only once, and only a receiver that was
/// told that it fires is told that it is over.
public struct AlertMachine: Sendable {
    /// An alert that began to fire, or that is over.
    public struct Transition: Sendable, Equatable {
        /// The alert.
        public var alert: Alert
        /// When it happened.
        public var at: Moment
    }

    /// What has to be remembered over a restart.
    public private(set) var memory: AlertMemory
    private let rules: [String: AlertRule]
    private let timing: AlertTiming
    /// The most messages that wait to be accepted. A message that finds no room is made later, because what it would
    /// have told has not been told.
    static let mostWaiting = 1_000

    /// A machine for these rules.
    ///
    /// - Parameter memory: What the last one remembered. The time since then counts as time of which nothing is known.
    public init(_ rules: [AlertRule], _ timing: AlertTiming = AlertTiming(), continuing memory: AlertMemory) {
        self.rules = Dictionary(rules.map { ($0.name, $0) }) { first, _ in first }
        self.timing = timing
        self.memory = memory
        for key in self.memory.states.keys { self.memory.states[key]?.loseSight(at: memory.at) }
    }

    /// Takes the findings for all rules. A rule that is missing counts as one of which nothing is known.
    ///
    /// - Returns: The alerts that began to fire or ended, in no particular order.
    @discardableResult
    public mutating func evaluate(
        _ evaluations: [RuleEvaluation],
        silences: [AlertSilence] = [],
        at now: Moment
    ) -> [Transition] {
        if now < memory.at { shift(by: now - memory.at) }
        memory.at = now
        var transitions = removeUnknownRules(at: now)
        let found = Dictionary(evaluations.map { ($0.rule, $0) }) { first, _ in first }
        for rule in rules.values {
            let evaluation = found[rule.name] ?? RuleEvaluation(rule.name, [], blindness: .everything)
            transitions += evaluate(rule, evaluation, at: now)
        }
        for transition in transitions { note(transition) }
        makeMessages(silences.filter { $0.isActive(at: now) }, at: now)
        return transitions
    }

    /// Forgets a message that was accepted.
    public mutating func accepted(_ id: String) { memory.outbox.removeAll { $0.id == id } }

    /// When something changes by the passing of time alone; nil if nothing does.
    public var deadline: Moment? {
        let states = memory.states.values.compactMap { state in
            rules[state.identity.rule].flatMap { state.deadline($0) }
        }
        return (states + memory.groups.values.compactMap { $0.deadline(timing) }).min()
    }
}

extension AlertMachine {
    private mutating func evaluate(
        _ rule: AlertRule,
        _ evaluation: RuleEvaluation,
        at now: Moment
    ) -> [Transition] {
        var transitions: [Transition] = []
        var seen: Set<String> = []
        for finding in evaluation.findings where !evaluation.blindness.covers(finding.labels) {
            let identity = AlertIdentity(rule: rule.name, labels: finding.labels)
            guard seen.insert(identity.fingerprint).inserted else { continue }
            transitions += take(identity, rule, finding, at: now)
        }
        for (key, state) in memory.states where state.identity.rule == rule.name && !seen.contains(key) {
            if evaluation.blindness.covers(state.identity.labels) {
                memory.states[key]?.loseSight(at: now)
            } else {
                transitions += take(state.identity, rule, nil, at: now)
            }
        }
        return transitions
    }

    /// Takes what was found for one subject; nothing means that it has no fault.
    private mutating func take(
        _ identity: AlertIdentity,
        _ rule: AlertRule,
        _ finding: AlertFinding?,
        at now: Moment
    ) -> [Transition] {
        let key = identity.fingerprint
        let condition = finding.map { rule.condition($0.value) } ?? .clear
        var state: AlertState
        if let known = memory.states[key] {
            state = known
        } else {
            guard let finding, condition == .bad else { return [] }
            state = AlertState(identity, rule.severity, finding, at: now)
        }
        state.severity = rule.severity
        if condition == .bad, let finding { state.take(finding, at: now) }
        let step = state.step(condition, rule, at: now)
        memory.states[key] = step == .resolved || step == .dropped ? nil : state
        switch step {
        case .none, .dropped: return []
        case .fired: return [Transition(alert: state.alert(.firing), at: now)]
        case .resolved: return [Transition(alert: state.alert(.resolved), at: now)]
        }
    }

    /// Ends the alerts of rules that are no longer configured.
    private mutating func removeUnknownRules(at now: Moment) -> [Transition] {
        var transitions: [Transition] = []
        for (key, state) in memory.states where rules[state.identity.rule] == nil {
            memory.states[key] = nil
            if state.isFiring { transitions.append(Transition(alert: state.alert(.resolved), at: now)) }
        }
        return transitions
    }

    private mutating func note(_ transition: Transition) {
        let identity = transition.alert.identity
        for key in memory.groups.keys where key.rule == identity.rule {
            switch transition.alert.status {
            case .firing: memory.groups[key]?.revive(identity.fingerprint)
            case .resolved: memory.groups[key]?.end(transition.alert)
            }
        }
    }

    /// The clock was set back: everything that was to happen after some time still happens after that time.
    private mutating func shift(by difference: Duration) {
        for key in memory.states.keys {
            guard var state = memory.states[key] else { continue }
            state.countedFrom = state.countedFrom + difference
            state.blindSince = state.blindSince.map { $0 + difference }
            memory.states[key] = state
        }
        for key in memory.groups.keys {
            guard var group = memory.groups[key] else { continue }
            group.waitingSince = group.waitingSince.map { $0 + difference }
            group.sentAt = group.sentAt.map { $0 + difference }
            memory.groups[key] = group
        }
    }
}

extension AlertMachine {
    private mutating func makeMessages(_ silences: [AlertSilence], at now: Moment) {
        var firing: [AlertGroup.Key: [AlertState]] = [:]
        for state in memory.states.values where state.isFiring {
            for receiver in rules[state.identity.rule]?.receivers ?? [] {
                let pbx = state.identity.labels["pbx"] ?? ""
                let key = AlertGroup.Key(receiver: receiver, rule: state.identity.rule, pbx: pbx)
                firing[key, default: []].append(state)
            }
        }
        for key in Set(memory.groups.keys).union(firing.keys).sorted(by: { $0.order < $1.order }) {
            var group = memory.groups[key] ?? AlertGroup(key)
            makeMessage(&group, firing[key] ?? [], silences, at: now)
            memory.groups[key] = group.isOver(timing, at: now) ? nil : group
        }
    }

    private mutating func makeMessage(
        _ group: inout AlertGroup,
        _ states: [AlertState],
        _ silences: [AlertSilence],
        at now: Moment
    ) {
        let audible = states.filter { state in
            state.blindSince == nil && !silences.contains { $0.matches(state.identity, state.severity) }
        }
        let told = group.told
        let new = audible.filter { !told.contains($0.identity.fingerprint) }
        let mayRemind = audible.contains { told.contains($0.identity.fingerprint) }
        guard memory.outbox.count < Self.mostWaiting,
            let reason = group.due(hasNew: !new.isEmpty, mayRemind: mayRemind, timing, at: now)
        else { return }
        // What the receiver was told stays in the message while it is silent, so that the message is complete.
        let shown = states.filter { state in
            told.contains(state.identity.fingerprint) || new.contains { $0.identity == state.identity }
        }
        let alerts = shown.map { $0.alert(.firing) }.sorted { $0.order < $1.order }
        memory.outbox.append(
            AlertMessage(
                id: nextID(at: now),
                receiver: group.key.receiver,
                reason: reason,
                group: group.key.text,
                alerts: alerts + group.ended.sorted { $0.order < $1.order },
                createdAt: now
            )
        )
        group.told.formUnion(new.map(\.identity.fingerprint))
        (group.ended, group.waitingSince, group.sentAt) = ([], nil, now)
    }

    /// Unique even if the memory is lost, because the clock has moved on since.
    private mutating func nextID(at now: Moment) -> String {
        memory.sequence &+= 1
        return "\(String(now.microseconds, radix: 36))-\(String(memory.sequence, radix: 36))"
    }
}

extension AlertGroup.Key {
    fileprivate var order: (String, String, String) { (receiver, rule, pbx) }
}

extension Alert {
    /// The most urgent first, then the oldest.
    fileprivate var order: (Int, Moment, String) {
        (severity == .critical ? 0 : severity == .warning ? 1 : 2, startedAt, identity.fingerprint)
    }
}
