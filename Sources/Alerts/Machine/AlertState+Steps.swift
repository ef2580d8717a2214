import Base

/// How a value compares with the ranges of a rule.
enum AlertCondition: Sendable {
    /// The value raises the alarm.
    case bad
    /// The value raises no alarm, but is not good enough to clear one.
    case between
    /// The value clears an alarm.
    case clear
}

extension AlertState {
    /// What an evaluation did to an alert.
    enum Step: Sendable, Equatable {
        /// Nothing that receivers are told about.
        case none
        /// It began to fire.
        case fired
        /// It fired and is over.
        case resolved
        /// It was pending and is over.
        case dropped
    }

    /// Nothing is known about the subject now: everything stays as it is.
    mutating func loseSight(at now: Moment) { blindSince = blindSince ?? now }

    /// Takes what is known now. The time during which nothing was known is not counted.
    mutating func step(_ condition: AlertCondition, _ rule: AlertRule, at now: Moment) -> Step {
        if let blind = blindSince {
            countedFrom = countedFrom + max(.zero, now - blind)
            blindSince = nil
        }
        switch (phase, condition) {
        case (.pending, .bad):
            guard now - countedFrom >= rule.hold else { return .none }
            (phase, firedAt) = (.firing, now)
            return .fired
        case (.pending, .between), (.pending, .clear): return .dropped
        case (.firing, .bad), (.firing, .between): return .none
        case (.firing, .clear):
            guard rule.keep > .zero else { return .resolved }
            (phase, countedFrom) = (.recovering, now)
            return .none
        case (.recovering, .bad), (.recovering, .between):
            phase = .firing
            return .none
        case (.recovering, .clear): return now - countedFrom >= rule.keep ? .resolved : .none
        }
    }

    /// When the alert changes by the passing of time alone; nil if it does not.
    func deadline(_ rule: AlertRule) -> Moment? {
        guard blindSince == nil else { return nil }
        switch phase {
        case .pending: return countedFrom + rule.hold
        case .firing: return nil
        case .recovering: return countedFrom + rule.keep
        }
    }
}
