import Base

/// Comparing what the rules believe with what the PBX shows, before anything is done.
extension StaffingMachine {
    /// Whether a member is still the one that a rule put in.
    private enum Finding {
        /// It is.
        case same
        /// The board may not show it yet.
        case later
        /// It is not, for this reason.
        case over(String)
        /// The rule's order was not carried out.
        case undone
    }

    /// Drops the members that are not the rules' any more. What is not known stays as it is.
    mutating func compare(_ known: [String: StaffingSight], _ step: inout Step, at now: Moment) {
        var kept: [StaffingPlacement] = []
        for var placement in memory.placements {
            if placement.isDry {
                // Nothing was done, so nothing has to be undone once the rule is in earnest.
                if let rule = rules[placement.rule], rule.isDryRun, placement.belongs(to: rule) {
                    kept.append(placement)
                }
                continue
            }
            guard let sight = known[placement.pbx] else {
                kept.append(placement)
                continue
            }
            switch finding(&placement, sight, at: now) {
            case .same, .later: kept.append(placement)
            case .over(let reason):
                // Who took the member out must not see it come back at once.
                memory.rules[placement.rule]?.spent.insert(placement.interface)
                step.events.append(.released(placement, reason: reason))
            case .undone: step.events.append(.released(placement, reason: "the PBX has not carried out the order"))
            }
        }
        memory.placements = kept
    }

    private func finding(_ placement: inout StaffingPlacement, _ sight: StaffingSight, at now: Moment) -> Finding {
        guard let queue = sight.queue(placement.queue) else {
            // A queue of a database is listed only once it has been used.
            let missing = placement.missingSince ?? now
            placement.missingSince = missing
            return now - missing < Self.longestMissing ? .later : .over("the PBX has not had the queue for a day")
        }
        placement.missingSince = nil
        if placement.since == nil { return settled(&placement, queue.member(placement.interface), at: now) }
        let mayBeLate = !placement.isSeen && now - (placement.since ?? now) < Self.boardDelay
        guard let member = queue.member(placement.interface) else {
            return mayBeLate ? .later : .over("it is not a member any more")
        }
        switch placement.action {
        case .add:
            if !member.isDynamic { return .over("the member now belongs to the PBX's configuration") }
            return owned(&placement, member, sight, at: now)
        case .penalty, .unpause:
            guard placement.isUnchanged(member) else {
                return mayBeLate ? .later : .over("somebody else has changed the member")
            }
            placement.isSeen = true
            return .same
        }
    }

    /// Whether an added member is the one that the rule added, by the time at which the PBX added it. A PBX that was
    /// restarted adds its members again by itself.
    private func owned(
        _ placement: inout StaffingPlacement,
        _ member: StaffingMember,
        _ sight: StaffingSight,
        at now: Moment
    ) -> Finding {
        if !member.isLoggedIn(at: placement.loggedInSince) {
            let doubt = placement.doubtSince ?? now
            guard let added = member.loggedInSince, let started = sight.started, started.seenAt > added else {
                placement.doubtSince = doubt
                return now - doubt < Self.longestDoubt ? .later : .over("it cannot be told who has added the member")
            }
            guard started.at.distance(to: added) <= Self.skew, placement.isNamed(as: member) else {
                return .over("somebody else has added the member again")
            }
            placement.loggedInSince = added
        }
        placement.loggedInSince = placement.loggedInSince ?? member.loggedInSince
        (placement.isSeen, placement.doubtSince) = (true, nil)
        return .same
    }

    /// An order whose outcome is unknown, because the program was killed or the PBX did not answer: was it carried out?
    private func settled(
        _ placement: inout StaffingPlacement,
        _ member: StaffingMember?,
        at now: Moment
    ) -> Finding {
        let isPending = now - placement.orderedAt < Self.orderDelay
        switch placement.action {
        case .add:
            guard let member else { return isPending ? .later : .undone }
            // Somebody else may have added the member in the meantime: time and name are all that can tell them apart.
            guard let added = member.loggedInSince, member.isDynamic, placement.isNamed(as: member),
                placement.orderedAt.distance(to: added) <= Self.skew
            else { return .over("it cannot be told who has added the member") }
            placement.loggedInSince = added
        case .penalty, .unpause:
            guard let member, placement.isUnchanged(member) else {
                return isPending ? .later : .undone
            }
        }
        (placement.since, placement.isSeen) = (placement.orderedAt, true)
        return .same
    }

    /// Takes out the members of rules that are not in force any more, or are about something else now.
    mutating func release(_ known: [String: StaffingSight], _ step: inout Step, at now: Moment) {
        for placement in memory.placements where !placement.belongs(to: rules[placement.rule]) {
            guard !step.orders.contains(where: { $0.placement.rule == placement.rule }),
                now >= memory.rules[placement.rule]?.restUntil ?? .distantPast,
                let queue = known[placement.pbx]?.queue(placement.queue),
                let order = ending(placement, queue, "the rule is not in force any more")
            else { continue }
            step.orders.append(order)
        }
        for name in memory.rules.keys where rules[name] == nil {
            let isPlaced = isPlaced(by: name)
            if isPlaced { memory.rules[name]?.phase = .recovering } else { memory.rules[name] = nil }
            memory.rules[name]?.blindSince = nil
        }
    }
}

extension StaffingPlacement {
    /// Whether a member has the name under which the rule adds it. Asterisk takes the interface if there is none.
    fileprivate func isNamed(as member: StaffingMember) -> Bool { member.name == (name.isEmpty ? interface : name) }
}
