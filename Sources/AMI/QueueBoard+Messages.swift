extension QueueBoard.Caller {
    /// A caller of a `QueueEntry` or a `QueueCaller…` event.
    init?(_ message: Message, since: Double) {
        guard let uniqueid = message.nonEmpty("Uniqueid") else { return nil }
        self.init(
            channel: message["Channel"] ?? "",
            uniqueid: uniqueid,
            number: message.nonEmpty("CallerIDNum") ?? "",
            name: message.nonEmpty("CallerIDName") ?? "",
            position: message.integer("Position") ?? 0,
            since: since
        )
    }

    /// Wait is sent in whole seconds; the moment that an event told is better, unless they disagree.
    func since(of old: Self) -> Self {
        var copy = self
        if abs(old.since - since) < 2 { copy.since = old.since }
        return copy
    }
}

extension QueueBoard.Member {
    /// A member of a `QueueMember` item or a `QueueMember…` event, whose fields have other names.
    init?(_ message: Message, updating old: Self? = nil, at now: Double) {
        guard let interface = message.nonEmpty("Interface") ?? message.nonEmpty("Location") else { return nil }
        let time = { (name: String) in message.number(name).flatMap { $0 > 0 ? $0 : nil } }
        let isPaused = message.flag("Paused") ?? old?.isPaused ?? false
        self.init(
            interface: interface,
            name: message.nonEmpty("MemberName") ?? message.nonEmpty("Name") ?? old?.name ?? interface,
            stateInterface: message.nonEmpty("StateInterface") ?? old?.stateInterface ?? interface,
            membership: message["Membership"] ?? old?.membership ?? "",
            status: message.integer("Status").flatMap(Status.init(rawValue:)) ?? old?.status ?? .unknown,
            penalty: message.integer("Penalty") ?? old?.penalty ?? 0,
            callsTaken: message.integer("CallsTaken") ?? old?.callsTaken ?? 0,
            lastCall: time("LastCall") ?? old?.lastCall,
            isPaused: isPaused,
            pausedReason: isPaused ? message["PausedReason"] ?? old?.pausedReason ?? "" : "",
            pausedSince: isPaused ? time("LastPause") ?? old?.pausedSince : nil,
            loggedInSince: time("LoginTime") ?? old?.loggedInSince,
            isInCall: message.flag("InCall") ?? message.flag("IsInCall") ?? old?.isInCall ?? false,
            since: now
        )
    }

    /// The member, with the earlier time if nothing that the time stands for changed.
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
    mutating func take(parameters: Message) {
        strategy = parameters["Strategy"] ?? ""
        maximum = parameters.integer("Max") ?? 0
        completed = parameters.integer("Completed") ?? 0
        abandoned = parameters.integer("Abandoned") ?? 0
        holdTime = parameters.integer("Holdtime") ?? 0
        talkTime = parameters.integer("TalkTime") ?? 0
        serviceLevel = parameters.integer("ServiceLevel") ?? 0
        serviceLevelPerf = parameters.number("ServicelevelPerf") ?? 0
        serviceLevelPerf2 = parameters.number("ServicelevelPerf2")
    }

    mutating func put(_ caller: QueueBoard.Caller) {
        // A caller who joins in front moves the others back.
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

    mutating func agent(_ event: Message, at time: Double) {
        guard let interface = event["Interface"], let index = members.firstIndex(where: { $0.interface == interface })
        else {
            return
        }
        let connects = event.eventName == "AgentConnect"
        if members[index].isInCall != connects { members[index].since = time }
        members[index].isInCall = connects
        if !connects {
            members[index].callsTaken += 1
            members[index].lastCall = time
            completed += 1
        } else {
            removeCaller(event["Uniqueid"] ?? "")
        }
    }
}
