public import Base
import CallRecords

/// Replays rules over what happened, with the same measures and the same machine as now.
public struct AlertReplay {
    /// How often a rule would have fired.
    public struct Result: Sendable, Equatable {
        /// The rule.
        public let rule: String
        /// What it measures.
        public let measure: AlertMeasure
        /// Whether the warehouse keeps what the measure needs.
        public let isReplayed: Bool
        /// How often an alert of it would have fired.
        public var fired = 0
        /// For how long in total, and the longest time.
        public var total = Duration.zero, longest = Duration.zero
        /// Callers who were waiting in an alert's queue while it fired, and how many of them were lost.
        public var callers = 0, lost = 0
    }

    private let history: AlertHistory
    private let rules: [AlertRule]
    private var machine: AlertMachine
    private var results: [String: Result] = [:]
    private var firing: [String: (alert: Alert, since: Moment)] = [:]
    private var scene: ReplayScene

    /// A replay of rules. Those whose measure the warehouse does not keep are left out.
    public init(_ rules: [AlertRule], _ history: AlertHistory) { self.init(rules, history, at: nil) }

    /// A replay at certain moments, in order, or at all at which a value may change.
    init(_ rules: [AlertRule], _ history: AlertHistory, at moments: [Moment]?) {
        self.history = history
        self.rules = rules.filter { $0.measure.isReplayable && AlertRule.isNamed(history.pbx, in: $0.pbxs) }.map {
            rule in
            // Nobody is told, so that no messages need be made.
            var rule = rule
            rule.receivers = []
            return rule
        }
        machine = AlertMachine(self.rules, AlertTiming(), continuing: AlertMemory(at: history.from))
        scene = ReplayScene(
            history,
            window: self.rules.map(\.window).max() ?? .zero,
            changes: moments ?? ReplayMoments(history, self.rules).all
        )
        for rule in rules {
            let isReplayed = self.rules.contains { $0.name == rule.name }
            results[rule.name] = Result(rule: rule.name, measure: rule.measure, isReplayed: isReplayed)
        }
    }

    /// Replays everything. The results are in the order of the rules' names.
    public mutating func run() -> [Result] {
        var now = history.from
        while now < history.to {
            scene.move(to: now)
            evaluate(at: now)
            now = next(after: now)
        }
        for (alert, since) in firing.values { close(alert, since, at: history.to) }
        firing = [:]
        return results.values.sorted { $0.rule < $1.rule }
    }

    private func next(after now: Moment) -> Moment {
        var next = scene.upcoming ?? history.to
        if let deadline = machine.deadline, deadline > now { next = min(next, deadline) }
        return max(next, now + .milliseconds(1))
    }

    private mutating func evaluate(at now: Moment) {
        let snapshot = scene.snapshot(at: now)
        let staffed = scene.staffed(snapshot)
        let evaluations = rules.map { $0.evaluation(of: $0.measure.needsMembers ? staffed : snapshot) }
        for transition in machine.evaluate(evaluations, at: now) {
            let key = transition.alert.identity.fingerprint
            switch transition.alert.status {
            case .firing:
                firing[key] = (transition.alert, now)
                results[transition.alert.identity.rule]?.fired += 1
            case .resolved:
                if let (alert, since) = firing.removeValue(forKey: key) { close(alert, since, at: now) }
            }
        }
    }

    private mutating func close(_ alert: Alert, _ since: Moment, at now: Moment) {
        let name = alert.identity.rule
        guard var result = results[name] else { return }
        result.total += now - since
        result.longest = max(result.longest, now - since)
        if let queue = alert.identity.labels["queue"] {
            let concerned = history.visits.filter { visit in
                guard QueueName.key(visit.visit.queue) == queue, let decided = visit.decidedAt else { return false }
                return visit.visit.enteredAt < now && decided > since
            }
            result.callers += concerned.count
            result.lost += concerned.count { $0.agent == nil && $0.visit.isCounted }
        }
        results[name] = result
    }
}

extension AlertMeasure {
    /// Whether the warehouse keeps what the measure needs.
    var isReplayable: Bool {
        switch self {
        case .queueWait, .queueCallers, .serviceLevel, .abandonedPercent, .agentPause, .agentUnanswered, .agentCall:
            true
        default: needsMembers
        }
    }

    /// Whether the measure needs to know who was a member of a queue. The log has only members that were added.
    var needsMembers: Bool {
        switch self {
        case .callersPerFreeAgent, .unservedCallers, .queueFreeAgents, .queueMembers, .queueReadyAgents: true
        default: false
        }
    }
}
