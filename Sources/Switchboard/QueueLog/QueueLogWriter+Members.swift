import Base

/// Who belongs to a queue, and who is paused.
extension QueueLogWriter {
    mutating func member(_ event: QueueMemberEvent, _ time: Moment) -> [String] {
        guard let name = event.member.agent else { return [] }
        let place = Place(who: name, queue: event.member.queue)
        let isPaused = event.member.isPaused ?? false
        switch event.kind {
        case .added: return add(place, isPaused: isPaused, at: time)
        case .removed: return remove(place, at: time)
        case .paused: return pause(place, isPaused, event.member.pausedReason ?? "", at: time)
        case .changed: return []
        }
    }

    mutating func add(_ place: Place, isPaused: Bool, at time: Moment) -> [String] {
        let line = Self.line(time, "MANAGER", place.queue, place.who, "ADDMEMBER", isPaused ? ["PAUSED"] : [])
        // A snapshot may have included the member before the event was read.
        if let known = members[place], !known.isStatic, known.isPaused == isPaused { return [] }
        members[place] = Member(since: time, isPaused: isPaused, pausedAt: time, added: line)
        return [line]
    }

    mutating func remove(_ place: Place, at time: Moment) -> [String] {
        members[place] = nil
        return [Self.line(time, "MANAGER", place.queue, place.who, "REMOVEMEMBER", [])]
    }

    mutating func pause(_ place: Place, _ isPaused: Bool, _ reason: String, at time: Moment) -> [String] {
        let name = isPaused ? "PAUSE" : "UNPAUSE"
        let line = Self.line(time, "NONE", place.queue, place.who, name, reason.isEmpty ? [] : [reason])
        // For somebody who became a member before anybody listened, only the pause is known.
        var member = members[place] ?? Member(since: time, isStatic: true)
        member.isPaused = isPaused
        member.pausedAt = time
        member.reason = isPaused ? reason : ""
        member.pause = line
        members[place] = member
        return [line]
    }

    /// The PBX was started: all members are gone, and nobody is waiting. Empty if that is known already.
    mutating func started(at time: Moment) -> [String] {
        if let start, start.at.distance(to: time) < .seconds(10) { return [] }
        let line = Self.line(time, "NONE", nil, nil, "QUEUESTART", [])
        start = (time, line)
        visits = visits.filter { $0.value.since > time }
        members = members.filter { $0.value.since > time }
        return [line]
    }
}
