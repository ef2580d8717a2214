/// What happened while nobody listened: worked out from what is known from before and the items of `QueueStatus`.
///
/// The PBX tells since when a member is there and paused, and how long a caller has waited, so these lines have the time of
/// what really happened. Whoever is gone was there until events went missing; no more is known. A caller who waited then and
/// is not in the queue any more may have been answered or may have hung up: `EVENTSMISSED` is no event of Asterisk's, and
/// whatever the PBX still tells of the visit counts more.
extension QueueLogWriter {
    /// Notes that from now on events are missing.
    public mutating func lost(at now: Double) {
        missingSince = missingSince ?? now
    }

    /// The lines that a complete `QueueStatus` adds to what is known. Events that were sent before it may follow.
    public mutating func lines(forSnapshot items: [Message], at now: Double) -> [String] {
        let until = missingSince ?? now
        missingSince = nil
        var present: Set<Place> = []
        var lines: [String] = []
        for item in items {
            guard let queue = item["Queue"] else { continue }
            switch item.eventName {
            case "QueueEntry":
                guard let caller = item.nonEmpty("Uniqueid") else { continue }
                let place = Place(who: caller, queue: queue)
                present.insert(place)
                lines += found(caller: item, place, now - (item.number("Wait") ?? 0))
            case "QueueMember":
                guard let name = item.nonEmpty("Name") ?? item.nonEmpty("Location") else { continue }
                let place = Place(who: name, queue: queue)
                present.insert(place)
                lines += found(member: item, place, until: until, now)
            default: continue
            }
        }
        for (place, visit) in visits.sorted(by: Self.order)
        where !present.contains(place) && visit.agent == nil && visit.since <= until {
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

    private mutating func found(caller item: Message, _ place: Place, _ since: Double) -> [String] {
        if let known = visits[place], known.agent == nil, abs(known.since - since) <= 3 { return [] }
        let position = item.integer("Position") ?? 1
        let data = ["", item.nonEmpty("CallerIDNum") ?? "", "\(position)"]
        let line = Self.line(since, place.who, place.queue, nil, "ENTERQUEUE", data)
        visits[place] = Visit(position: position, since: since, lines: [line])
        return [line]
    }

    private mutating func found(member item: Message, _ place: Place, until: Double, _ now: Double) -> [String] {
        let time = { (name: String) in item.number(name).flatMap { $0 > 0 ? $0 : nil } }
        let login = time("LoginTime")
        var lines: [String] = []
        if item["Membership"] == "static" {
            if members[place] == nil { members[place] = Member(since: login ?? until, isStatic: true) }
        } else {
            // Taken out and put in again meanwhile.
            if let known = members[place], !known.isStatic, let login, login > known.since + 3,
                login >= until.rounded(.down)
            {
                lines += remove(place, at: until)
            }
            lines += members[place].map { $0.isStatic } ?? true ? add(place, isPaused: false, at: login ?? now) : []
        }
        let isPaused = item.flag("Paused") ?? false
        let reason = isPaused ? item["PausedReason"] ?? "" : ""
        // LastPause keeps its value after the pause, so it means nothing without one.
        let pausedAt = isPaused ? time("LastPause") : nil
        if let known = members[place], known.isPaused, let pausedAt, pausedAt > known.pausedAt + 3,
            pausedAt >= until.rounded(.down)
        {
            lines += pause(place, false, "", at: until)
        }
        guard let known = members[place], known.isPaused != isPaused || known.reason != reason else { return lines }
        return lines + pause(place, isPaused, reason, at: isPaused ? pausedAt ?? now : until)
    }

    /// The lines that tell of all that is going on. A writer that is given them by ``resume(_:)`` knows as much as this one.
    public var open: [String] {
        (start.map { [$0.line] } ?? [])
            + members.sorted(by: Self.order).flatMap { [$0.value.added, $0.value.pause].compactMap(\.self) }
            + visits.sorted(by: Self.order).flatMap { $0.value.lines }
    }

    /// Takes in a line of an earlier writer.
    public mutating func resume(_ line: String) {
        let fields = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        guard fields.count >= 5, let time = Double(fields[0]) else { return }
        let data = fields.dropFirst(5).first ?? ""
        let caller = Place(who: fields[1], queue: fields[2])
        let member = Place(who: fields[3], queue: fields[2])
        switch fields[4] {
        case "QUEUESTART": _ = started(at: time)
        case "ENTERQUEUE":
            visits[caller] = Visit(position: fields.last.flatMap { Int($0) } ?? 1, since: time, lines: [line])
        case "CONNECT":
            visits[caller]?.agent = fields[3]
            visits[caller]?.lines.append(line)
        case "ADDMEMBER":
            members[member] = Member(since: time, isPaused: data == "PAUSED", pausedAt: time, added: line)
        case "REMOVEMEMBER": members[member] = nil
        case "PAUSE", "UNPAUSE": _ = pause(member, fields[4] == "PAUSE", data, at: time)
        case "RINGNOANSWER", "RINGCANCELED": break
        default: visits[caller] = nil
        }
    }
}
