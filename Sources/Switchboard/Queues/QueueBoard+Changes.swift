import Base

extension QueueBoard.Caller {
    init(_ facts: QueueCallerFacts, since: Moment) {
        self.init(
            channel: facts.channel,
            uniqueid: facts.uniqueid,
            number: facts.number,
            name: facts.name,
            position: facts.position ?? 0,
            since: since
        )
    }

    /// Waits are sent in whole seconds; the time of an event is more exact, unless the two disagree.
    func since(of old: Self) -> Self {
        var copy = self
        if old.since.distance(to: since) < .seconds(2) { copy.since = old.since }
        return copy
    }
}

extension QueueBoard.Member {
    /// A member as the PBX now describes it; values that it does not report are unchanged. Nil without an interface.
    init?(_ facts: QueueMemberFacts, updating old: Self? = nil, at now: Moment) {
        guard let interface = facts.interface else { return nil }
        let isPaused = facts.isPaused ?? old?.isPaused ?? false
        self.init(
            interface: interface,
            name: facts.name ?? old?.name ?? interface,
            stateInterface: facts.stateInterface ?? old?.stateInterface ?? interface,
            membership: facts.membership ?? old?.membership ?? "",
            status: facts.status ?? old?.status ?? .unknown,
            penalty: facts.penalty ?? old?.penalty ?? 0,
            callsTaken: facts.callsTaken ?? old?.callsTaken ?? 0,
            lastCall: facts.lastCall ?? old?.lastCall,
            isPaused: isPaused,
            pausedReason: isPaused ? facts.pausedReason ?? old?.pausedReason ?? "" : "",
            pausedSince: isPaused ? facts.pausedSince ?? old?.pausedSince : nil,
            loggedInSince: facts.loggedInSince ?? old?.loggedInSince,
            isInCall: facts.isInCall ?? old?.isInCall ?? false,
            since: now
        )
    }

    /// The member, with the earlier time unless something changed to which the time refers.
    func keepingSince(of old: Self?) -> Self {
        guard let old, old.status == status, old.isPaused == isPaused, old.isInCall == isInCall else {
            var copy = self
            if isPaused, !(old?.isPaused ?? false), let pausedSince { copy.since = pausedSince }
            return copy
        }
        var copy = self
        copy.since = old.since
        return copy
    }
}

extension QueueBoard.Queue {
    mutating func put(_ caller: QueueBoard.Caller) {
        // A caller who joins ahead of others moves them back.
        if caller.position > 0, callers.contains(where: { $0.position == caller.position }) {
            for index in callers.indices where callers[index].position >= caller.position {
                callers[index].position += 1
            }
        }
        callers.append(caller)
        callers.sort { $0.position < $1.position }
    }

    mutating func removeCaller(_ uniqueid: String) {
        guard let index = callers.firstIndex(where: { $0.uniqueid == uniqueid }) else { return }
        callers.remove(at: index)
        for later in callers.indices[index...] { callers[later].position -= 1 }
    }

    mutating func put(_ member: QueueBoard.Member) {
        if let index = members.firstIndex(where: { $0.interface == member.interface }) {
            members[index] = member
        } else {
            members.append(member)
        }
    }

    /// A member now has a caller, or no longer has one.
    mutating func take(_ event: QueueCallEvent, at time: Moment) {
        guard let index = members.firstIndex(where: { $0.interface == event.interface }) else { return }
        let connects = event.kind == .connected
        if members[index].isInCall != connects { members[index].since = time }
        members[index].isInCall = connects
        if connects {
            removeCaller(event.caller ?? "")
        } else {
            members[index].callsTaken += 1
            members[index].lastCall = time
            facts.completed += 1
        }
    }
}
