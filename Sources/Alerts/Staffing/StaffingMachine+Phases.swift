import Base

extension StaffingMachine {
    /// Whether a queue needs members.
    enum Need: Sendable {
        /// It needs more than it has.
        case more
        /// It needs what it has.
        case enough
        /// It needs nobody.
        case nobody
    }

    /// Evaluates one rule whose queue is known.
    mutating func follow(
        _ rule: StaffingRule,
        _ queue: StaffingQueue,
        _ sight: StaffingSight,
        _ step: inout Step,
        at now: Moment
    ) {
        var state = memory.rules[rule.name] ?? StaffingState(at: now)
        let need = need(rule, queue, sight, &state, at: now)
        state.advance(need, rule, hasMembers: isPlaced(by: rule.name), at: now)
        memory.rules[rule.name] = state
        guard now >= state.restUntil ?? .distantPast else { return }
        if let order = ending(rule, state, queue, at: now) {
            step.orders.append(order)
        } else if state.phase == .staffed, need == .more {
            begin(rule, state, queue, sight, &step, at: now)
        }
    }

    /// Compares the queue's figure with the rule's ranges. It is calm only if it were so without the members that the
    /// rule put in: one who is free because of the rule must not be the reason to take them out.
    private func need(
        _ rule: StaffingRule,
        _ queue: StaffingQueue,
        _ sight: StaffingSight,
        _ state: inout StaffingState,
        at now: Moment
    ) -> Need {
        let own = memory.placements.filter { $0.rule == rule.name && $0.action != .penalty && !$0.isDry }
        let pbx = AlertSnapshot.PBX(sight.pbx, zone: sight.zone)
        let measures = QueueMeasures(rule: rule.condition, pbx: pbx, now: now)
        let measured = queue.measured(without: [])
        let (value, summary) = Language.$current.withValue(.english) { measures.figure(measured) }
        (state.value, state.summary) = (value, summary)
        state.translated = Language.current == .english ? nil : measures.figure(measured).1
        guard rule.condition.applies(at: now, in: sight.zone) else { return .nobody }
        if rule.condition.condition(value) == .bad { return .more }
        let (alone, _) = measures.figure(queue.measured(without: Set(own.map(\.interface))))
        return rule.condition.condition(alone) == .clear ? .nobody : .enough
    }
}

extension StaffingState {
    /// Takes what the queue needs now. The time during which nothing was known is not counted.
    fileprivate mutating func advance(
        _ need: StaffingMachine.Need,
        _ rule: StaffingRule,
        hasMembers: Bool,
        at now: Moment
    ) {
        if let blind = blindSince {
            countedFrom = countedFrom + max(.zero, now - blind)
            blindSince = nil
        }
        let old = phase
        switch (phase, need) {
        case (.normal, .more): (phase, countedFrom) = (.pending, now)
        // Members whose rule is at rest, for instance because the file was edited, are taken out like all others.
        case (.normal, _): if hasMembers { (phase, countedFrom) = (.recovering, now) }
        case (.pending, .more): break
        case (.pending, _): phase = .normal
        case (.staffed, .nobody): (phase, countedFrom) = (.recovering, now)
        case (.staffed, _): break
        case (.recovering, .nobody): if isCalm(rule, at: now), !hasMembers { (phase, spent) = (.normal, []) }
        case (.recovering, _): phase = .staffed
        }
        if phase == .pending, now - countedFrom >= rule.condition.hold { phase = .staffed }
        if phase != old { since = now }
    }

    /// Whether it has been calm for long enough.
    func isCalm(_ rule: StaffingRule, at now: Moment) -> Bool {
        phase == .recovering && now - countedFrom >= rule.condition.keep
    }
}
