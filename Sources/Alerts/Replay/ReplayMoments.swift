import Base

/// The moments of a history at which the value of a rule may change.
///
/// Times of the log are whole seconds, so that a replay of these moments finds the same as one of every second.
struct ReplayMoments {
    private let history: AlertHistory
    private let rules: [AlertRule]

    init(_ history: AlertHistory, _ rules: [AlertRule]) { (self.history, self.rules) = (history, rules) }

    /// The moments within the time to replay, in order.
    var all: [Moment] {
        let waits = limits(of: .queueWait)
        let talks = limits(of: .agentCall)
        let pauses = limits(of: .agentPause)
        let windows = Set(rules.filter(\.measure.isRate).map { $0.window.wholeSeconds + 1 })
        var moments: Set<Moment> = []
        for visit in history.visits {
            let entered = visit.visit.enteredAt
            moments.formUnion([entered, visit.decidedAt, visit.talkEndedAt].compactMap(\.self))
            for seconds in windows { moments.insert(entered.adding(seconds: seconds)) }
            guard let decided = visit.decidedAt else { continue }
            moments.formUnion(Self.reached(waits, entered, decided))
            if let end = visit.talkEndedAt { moments.formUnion(Self.reached(talks, decided, end)) }
        }
        for session in history.sessions {
            moments.formUnion([session.from, session.to].compactMap(\.self))
            if session.isPause { moments.formUnion(Self.reached(pauses, session.from, session.to ?? history.to)) }
        }
        moments.formUnion(history.unanswered.map(\.at))
        moments.formUnion(scheduled)
        return moments.filter { $0 > history.from && $0 < history.to }.sorted()
    }

    /// The whole seconds after which a growing value enters or leaves a range of the measure's rules.
    private func limits(of measure: AlertMeasure) -> Set<Int64> {
        var seconds: Set<Int64> = []
        for rule in rules where rule.measure == measure {
            for range in [rule.range, rule.clear].compactMap(\.self) {
                // Later ones than a year never come in a replay.
                for limit in [range.low, range.high] where limit >= 0 && limit < 366 * 86_400 {
                    seconds.formUnion([Int64(limit.rounded(.up)), Int64(limit.rounded(.down)) + 1])
                }
            }
        }
        return seconds
    }

    private static func reached(_ limits: Set<Int64>, _ from: Moment, _ to: Moment) -> [Moment] {
        limits.map { from.adding(seconds: $0) }.filter { $0 < to }
    }

    /// The minutes in which a schedule begins or ends.
    private var scheduled: [Moment] {
        var schedules: [AlertSchedule] = []
        for schedule in rules.compactMap(\.schedule) where !schedules.contains(schedule) { schedules.append(schedule) }
        guard !schedules.isEmpty else { return [] }
        var moments: [Moment] = []
        var minute = Moment(seconds: history.from.wholeSeconds.dividedFlooring(by: 60) * 60)
        var before = schedules.map { $0.contains(minute, in: history.zone) }
        while minute < history.to {
            minute = minute.adding(seconds: 60)
            let now = schedules.map { $0.contains(minute, in: history.zone) }
            if now != before { moments.append(minute) }
            before = now
        }
        return moments
    }
}

extension AlertMeasure {
    /// Whether it is a percentage of the visits within a rule's window.
    fileprivate var isRate: Bool { self == .serviceLevel || self == .abandonedPercent }
}
