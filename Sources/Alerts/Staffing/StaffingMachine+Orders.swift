import Base
import Switchboard

extension StaffingMachine {
    /// The order to take out a member; nil if nobody can be taken out now.
    func ending(_ rule: StaffingRule, _ state: StaffingState, _ queue: StaffingQueue, at now: Moment) -> StaffingOrder?
    {
        for placement in memory.placements where placement.rule == rule.name && placement.belongs(to: rule) {
            guard let since = placement.since, placement.isDry == rule.isDryRun else { continue }
            let isOverdue = state.isOverdue(placement, rule, at: now)
            let isFinished = state.isCalm(rule, at: now) && now - since >= rule.leastTime
            guard isOverdue || isFinished else { continue }
            let reason = isOverdue ? "the longest time is over" : "the queue is calm"
            if let order = ending(placement, queue, reason) { return order }
        }
        return nil
    }

    /// The order to take out a member; nil while it is on a call, or while it is not certain that it is the rule's.
    func ending(_ placement: StaffingPlacement, _ queue: StaffingQueue, _ reason: String) -> StaffingOrder? {
        guard placement.since != nil, !placement.isDoubtful else { return nil }
        let order = StaffingOrder(placement: placement, isEnd: true, reason: reason)
        return placement.isDry || order.objection(in: queue) == nil ? order : nil
    }

    /// Chooses a member, and notes the order before it is given.
    mutating func begin(
        _ rule: StaffingRule,
        _ state: StaffingState,
        _ queue: StaffingQueue,
        _ sight: StaffingSight,
        _ step: inout Step,
        at now: Moment
    ) {
        guard memory.placements.count(where: { $0.rule == rule.name }) < rule.most,
            state.lastAt.map({ now - $0 >= rule.every }) ?? true
        else { return }
        func isUsable(_ interface: String) -> Bool {
            !state.spent.contains(interface)
                && !memory.placements.contains { $0.isAbout(rule.pbx, rule.queue, interface) }
        }
        var placement: StaffingPlacement?
        var stateInterface: String?
        if rule.action == .add {
            let absent = rule.candidates.filter { isUsable($0.interface) && !queue.hasMember($0.interface) }
            let unknown = absent.map(\.device).filter { sight.devices[$0] == nil }
            if !unknown.isEmpty { step.wanted[rule.pbx, default: []].formUnion(unknown) }
            guard unknown.isEmpty, let chosen = absent.first(where: { sight.devices[$0.device] == .notInUse }) else {
                return
            }
            placement = StaffingPlacement(rule, chosen.interface, chosen.name ?? "", at: now)
            stateInterface = chosen.stateInterface
        } else if let member = member(for: rule, queue, isUsable) {
            placement = StaffingPlacement(rule, member, at: now)
        }
        guard let placement else { return }
        memory.placements.append(placement)
        step.orders.append(
            StaffingOrder(placement: placement, isEnd: false, stateInterface: stateInterface, reason: state.summary)
        )
    }

    /// The member whose penalty or pause is to be changed: in the order of the rule, or else the lowest penalty first.
    private func member(
        for rule: StaffingRule,
        _ queue: StaffingQueue,
        _ isUsable: (String) -> Bool
    ) -> StaffingMember? {
        let members = queue.members.filter { member in
            guard isUsable(member.interface), member.status == .notInUse, !member.isInCall else { return false }
            guard rule.action == .unpause else { return !member.isPaused && member.penalty > rule.penalty }
            return member.isPaused
                && (rule.reasons.isEmpty
                    || rule.reasons.contains { $0.lowercased() == member.pausedReason.lowercased() })
        }
        if rule.candidates.isEmpty { return members.min { $0.penalty < $1.penalty } }
        return rule.candidates.lazy.compactMap { wanted in members.first { $0.interface == wanted.interface } }.first
    }
}

extension StaffingQueue {
    /// Whether an interface is a member, however its letters are written: Asterisk dials the same phone.
    func hasMember(_ interface: String) -> Bool {
        let interface = interface.lowercased()
        return members.contains { $0.interface.lowercased() == interface }
    }
}

extension StaffingPlacement {
    /// A member that a rule adds.
    fileprivate init(_ rule: StaffingRule, _ interface: String, _ name: String, at now: Moment) {
        self.init(
            rule: rule.name,
            pbx: rule.pbx,
            queue: rule.queue,
            action: rule.action,
            interface: interface,
            name: name,
            isDry: rule.isDryRun,
            orderedAt: now
        )
        penalty = rule.penalty
    }

    /// A member whose penalty or pause a rule changes.
    fileprivate init(_ rule: StaffingRule, _ member: StaffingMember, at now: Moment) {
        self.init(rule, member.interface, member.name == member.interface ? "" : member.name, at: now)
        (formerPenalty, formerReason) = (member.penalty, member.pausedReason)
    }

    /// Whether the rule is still the one that put the member in.
    func belongs(to rule: StaffingRule?) -> Bool {
        guard let rule else { return false }
        return rule.name == self.rule && rule.pbx == pbx && rule.isAbout(queue) && rule.action == action
    }
}
