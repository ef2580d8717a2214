public import Base

/// What happened while nobody was listening: worked out from earlier knowledge and a complete list of queues.
///
/// The PBX reports since when a member has been logged in and paused, and how long a caller has waited, so these lines
/// have the times at which things really happened. A member or caller who is gone counts as present until events went
/// missing; no more is known. A caller who was waiting then and is no longer in the queue may have been answered or may
/// have hung up: `EVENTSMISSED` is not an event of Asterisk's, and anything that the PBX still reports about the visit
/// takes precedence.
///
/// A list and the events come in separate sessions, so a list may be newer than the events that have been read, or older. As
/// long as no event is missing, the events alone say how a visit began and ended: a caller is there without them only if two
/// lists in a row have the caller, gone without them only if two in a row lack the caller, and one whose departure is known
/// waits for its reason. An event has the time at which it was read, unless the PBX sends its own, so the entry of a caller
/// whom a list had may follow at any later time.
extension QueueLogWriter {
    /// Notes that events are missing from now on.
    public mutating func lost(at now: Moment) {
        missingSince = missingSince ?? now
    }

    /// The lines that a complete list of queues adds to what is known. Events sent before the list may still follow.
    public mutating func lines(forSnapshot items: [QueueSnapshotItem], at now: Moment) -> [String] {
        let (until, isComplete) = (missingSince ?? now, missingSince == nil)
        let areEntriesKnown = isComplete && hasList
        let before = unheard
        (missingSince, hasList, unheard) = (nil, true, [])
        var present: Set<Place> = []
        var lines: [String] = []
        for item in items {
            switch item {
            case .caller(let facts):
                guard !facts.uniqueid.isEmpty else { continue }
                let place = Place(who: facts.uniqueid, queue: facts.queue)
                present.insert(place)
                if areEntriesKnown, visits[place] != nil || !before.contains(place) {
                    if visits[place] == nil { unheard.insert(place) }
                    visits[place]?.isUnlisted = false
                    continue
                }
                lines += found(facts, place, now - .seconds(facts.wait ?? 0))
            case .member(let facts):
                guard let name = facts.agent else { continue }
                let place = Place(who: name, queue: facts.queue)
                present.insert(place)
                lines += found(facts, place, until: until, now)
            case .queue: continue
            }
        }
        for (place, visit) in visits.sorted(by: Self.order)
        where !present.contains(place) && visit.agent == nil && visit.since <= until {
            if let left = visit.left, isComplete || left.at > until { continue }
            if isComplete, !visit.isUnlisted {
                visits[place]?.isUnlisted = true
                continue
            }
            visits[place] = nil
            lines.append(Self.line(until, place.who, place.queue, nil, "EVENTSMISSED", []))
        }
        for (place, member) in members.sorted(by: Self.order) where !present.contains(place) && member.since <= until {
            if member.isStatic { members[place] = nil } else { lines += remove(place, at: until) }
        }
        return lines
    }

    private static func order<Value>(_ left: (key: Place, Value), _ right: (key: Place, Value)) -> Bool {
        (left.key.who, left.key.queue) < (right.key.who, right.key.queue)
    }

    private mutating func found(_ caller: QueueCallerFacts, _ place: Place, _ since: Moment) -> [String] {
        // A caller who left and came back in the meantime entered later.
        if let known = visits[place], known.agent == nil, since - known.since <= .seconds(3) {
            visits[place]?.isUnlisted = false
            visits[place]?.entryMayFollow = true
            return []
        }
        let position = caller.position ?? 1
        let line = Self.line(since, place.who, place.queue, nil, "ENTERQUEUE", ["", caller.number, "\(position)"])
        if let talking = visits[place], talking.agent != nil { earlier[place, default: []].append(talking) }
        visits[place] = Visit(position: position, since: since, entryMayFollow: true, lines: [line])
        return [line]
    }

    private mutating func found(_ facts: QueueMemberFacts, _ place: Place, until: Moment, _ now: Moment) -> [String] {
        let login = facts.loggedInSince
        var lines: [String] = []
        if facts.membership == "static" {
            if members[place] == nil { members[place] = Member(since: login ?? until, isStatic: true) }
        } else {
            // Removed and added again in the meantime.
            if let known = members[place], !known.isStatic, let login, login > known.since + .seconds(3),
                login.wholeSeconds >= until.wholeSeconds
            {
                lines += remove(place, at: until)
            }
            lines += members[place].map { $0.isStatic } ?? true ? add(place, isPaused: false, at: login ?? now) : []
        }
        let isPaused = facts.isPaused ?? false
        let reason = isPaused ? facts.pausedReason ?? "" : ""
        // LastPause keeps its value after the pause, so it has no meaning unless the member is paused.
        let pausedAt = isPaused ? facts.pausedSince : nil
        if let known = members[place], known.isPaused, let pausedAt, pausedAt > known.pausedAt + .seconds(3),
            pausedAt.wholeSeconds >= until.wholeSeconds
        {
            lines += pause(place, false, "", at: until)
        }
        guard let known = members[place], known.isPaused != isPaused || known.reason != reason else { return lines }
        return lines + pause(place, isPaused, reason, at: isPaused ? pausedAt ?? now : until)
    }

    /// The lines that describe everything in progress. A writer that receives them through ``resume(_:)`` knows as much
    /// as this one.
    public var open: [String] {
        (start.map { [$0.line] } ?? [])
            + members.sorted(by: Self.order).flatMap { [$0.value.added, $0.value.pause].compactMap(\.self) }
            + earlier.sorted(by: Self.order).flatMap { $0.value.flatMap(\.lines) }
            + visits.sorted(by: Self.order).flatMap { $0.value.lines }
    }

    /// Takes in a line of an earlier writer.
    public mutating func resume(_ line: String) {
        let fields = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        guard fields.count >= 5, let time = Int64(fields[0]).map(Moment.init(seconds:)) else { return }
        let data = fields.dropFirst(5).first ?? ""
        let caller = Place(who: fields[1], queue: fields[2])
        let member = Place(who: fields[3], queue: fields[2])
        switch fields[4] {
        case "QUEUESTART": _ = started(at: time)
        case "ENTERQUEUE":
            // The same line may come twice: as part of what was open, and as part of what had not been loaded.
            earlier[caller]?.removeAll { $0.since == time }
            if earlier[caller]?.isEmpty ?? false { earlier[caller] = nil }
            if let talking = visits[caller], talking.agent != nil, talking.since != time {
                earlier[caller, default: []].append(talking)
            }
            visits[caller] = Visit(position: fields.last.flatMap { Int($0) } ?? 1, since: time, lines: [line])
        case "CONNECT":
            visits[caller]?.agent = fields[3]
            visits[caller]?.hold = Int(data)
            visits[caller]?.lines.append(line)
        case "ADDMEMBER":
            members[member] = Member(since: time, isPaused: data == "PAUSED", pausedAt: time, added: line)
        case "REMOVEMEMBER": members[member] = nil
        case "PAUSE", "UNPAUSE": _ = pause(member, fields[4] == "PAUSE", data, at: time)
        case "RINGNOANSWER", "RINGCANCELED": break
        case "COMPLETECALLER", "COMPLETEAGENT", "BLINDTRANSFER", "ATTENDEDTRANSFER":
            _ = finish(caller, by: fields[3], hold: fields.dropLast(2).last.flatMap { Int($0) })
        default: visits[caller] = nil
        }
    }
}
