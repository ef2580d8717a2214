import Base
import CallRecords
import Switchboard
import Transform

/// Builds visits from live events with the same state machine as the reports, and counts today's.
///
/// Events become lines of a queue_log, as for the warehouse, and lines become visits, so that figures on a screen and
/// in a report cannot disagree.
struct TodayVisits: Sendable {
    /// The thresholds of a queue.
    struct Limits: Sendable {
        var serviceLevel: Int
        var shortAbandon: Int
    }

    private struct Call: Sendable {
        var events: [QueueEvent] = []
        var visits: [QueueVisit] = []

        /// Whether the event is known: the same event, or the entry of a caller into a queue in which they are already
        /// waiting.
        func has(_ event: QueueEvent) -> Bool {
            events.contains { known in
                guard known.kind == event.kind, known.queue?.lowercased() == event.queue?.lowercased() else {
                    return false
                }
                if known.at == event.at, known.agent == event.agent { return true }
                return event.kind == .enterQueue
                    && visits.contains { visit in
                        visit.outcome == .inProgress && visit.queue.lowercased() == event.queue?.lowercased()
                    }
            }
        }
    }

    private var writer = QueueLogWriter()
    private var calls: [String: Call] = [:]
    /// How often an agent's phone rang without an answer today.
    private var unanswered: [String: Int] = [:]
    private let zone: ZoneTable
    private let limits: @Sendable (String) -> Limits
    /// The beginning of today, or of this process.
    private(set) var since: Moment
    /// The unobserved time between what was found at the start and the first event; nil if nothing is missing.
    private(set) var gap: ClosedRange<Moment>?
    private let began: Moment
    private var tomorrow: Moment
    private var ticked = Moment.distantPast

    /// The most calls that are kept; a call centre has a few thousand a day.
    private static let most = 200_000

    init(from now: Moment, zone: ZoneTable, limits: @escaping @Sendable (String) -> Limits) {
        (since, self.zone, self.limits) = (now, zone, limits)
        began = now
        tomorrow = Self.nextMidnight(after: now, zone)
    }

    /// Takes an event that happened at `time`.
    mutating func take(_ event: PBXEvent, at time: Moment) { add(writer.lines(for: event, at: time)) }

    /// Handles the passing of time: callers who left without an event, and midnight.
    mutating func tick(at now: Moment) {
        guard now - ticked >= .seconds(1) else { return }
        ticked = now
        add(writer.lines(at: now))
        guard now >= tomorrow else { return }
        since = tomorrow
        gap = nil
        unanswered = [:]
        tomorrow = Self.nextMidnight(after: now, zone)
        let start = since
        calls = calls.filter { call in
            call.value.visits.contains { $0.outcome == .inProgress || $0.enteredAt >= start }
        }
    }

    /// Takes a complete list of queues after a gap.
    mutating func take(snapshot items: [QueueSnapshotItem], at now: Moment) {
        add(writer.lines(forSnapshot: items, at: now))
    }

    /// Events are missing from here on.
    mutating func missedEvents(at now: Moment) { writer.lost(at: now) }

    /// The figures, by queue.
    func days() -> [QueueDay] {
        var days: [String: QueueDay] = [:]
        for call in calls.values {
            for visit in call.visits where visit.enteredAt.wholeSeconds >= since.wholeSeconds {
                days[visit.queue, default: QueueDay(queue: visit.queue)].count(visit, limits(visit.queue))
            }
        }
        return days.values.sorted { $0.queue < $1.queue }
    }

    /// Takes what happened today before this process began. A caller who was waiting at the start is in both.
    mutating func take(seed: TodaySeed, midnight: Moment) {
        // The day has ended in the meantime.
        guard midnight <= since, since == began else { return }
        var known: [String: Call] = [:]
        for (callid, event) in seed.events where known.count < Self.most {
            if event.kind == .ringNoAnswer {
                if let agent = event.agent, event.at < began { unanswered[agent, default: 0] += 1 }
            } else {
                known[callid, default: Call()].events.append(event)
            }
        }
        for (callid, call) in calls {
            for event in call.events where !(known[callid]?.has(event) ?? false) {
                known[callid, default: Call()].events.append(event)
            }
        }
        for callid in known.keys {
            let visits = VisitMachine.visits(of: known[callid]?.events ?? [], restarts: [])
            known[callid]?.visits = visits
            // Without an end in the log, but no longer waiting: it ended unobserved.
            if calls[callid] == nil { known[callid]?.visits = visits.filter { $0.outcome != .inProgress } }
        }
        calls = known
        since = midnight
        if began - seed.isKnownUntil > .seconds(120) { gap = max(midnight, seed.isKnownUntil)...began }
    }

    /// The figures, by agent.
    func agents() -> [AgentDay] {
        var days: [String: AgentDay] = [:]
        for call in calls.values {
            for visit in call.visits where visit.enteredAt.wholeSeconds >= since.wholeSeconds {
                guard visit.outcome == .answered, let agent = visit.agent else { continue }
                days[agent, default: AgentDay(agent: agent)].answered += 1
                days[agent, default: AgentDay(agent: agent)].talk += Int(visit.talk ?? 0)
            }
        }
        for (agent, count) in unanswered { days[agent, default: AgentDay(agent: agent)].missed = count }
        return days.values.sorted { $0.agent < $1.agent }
    }

    private mutating func add(_ lines: [String]) {
        for line in lines {
            guard let (callid, event) = Self.event(of: line) else { continue }
            if event.kind == .ringNoAnswer {
                if let agent = event.agent { unanswered[agent, default: 0] += 1 }
                continue
            }
            // A caller who is waiting when the lists are read entered earlier, and the log already has that.
            if calls[callid]?.has(event) ?? false { continue }
            if calls[callid] == nil, calls.count >= Self.most { continue }
            calls[callid, default: Call()].events.append(event)
            let events = calls[callid]?.events ?? []
            calls[callid]?.visits = VisitMachine.visits(of: events, restarts: [])
        }
    }

    /// The call and the event of a line; nil for a line that is not about a visit.
    static func event(of line: String) -> (String, QueueEvent)? {
        let fields = line.split(separator: "|", maxSplits: 9, omittingEmptySubsequences: false).map(String.init)
        guard fields.count >= 5, let epoch = Int64(fields[0]), let kind = QueueEvent.Kind(rawValue: fields[4]),
            QueueEvent.visitKinds.contains(kind) || kind == .ringNoAnswer
        else { return nil }
        func text(_ index: Int) -> String? {
            guard fields.indices.contains(index), !fields[index].isEmpty, fields[index] != "NONE" else { return nil }
            return fields[index]
        }
        let data: InlineArray<5, String?> = [text(5), text(6), text(7), text(8), text(9)]
        let at = Moment(seconds: epoch)
        return (fields[1], QueueEvent(at: at, kind: kind, queue: text(2), agent: text(3), data: data))
    }

    private static func nextMidnight(after now: Moment, _ zone: ZoneTable) -> Moment {
        let second = now.wholeSeconds
        let wall = zone.wall(at: second)
        let day = CivilTime(secondsSince1970: wall + 86_400)
        let midnight = CivilTime(year: day.year, month: day.month, day: day.day)?.secondsSince1970 ?? wall + 86_400
        return Moment(seconds: zone.resolve(wall: midnight).instant(nearest: second + midnight - wall))
    }
}

extension QueueDay {
    /// Counts a visit (contract, section 5).
    fileprivate mutating func count(_ visit: QueueVisit, _ limits: TodayVisits.Limits) {
        offered += 1
        let wait = Int(visit.wait ?? 0)
        switch visit.outcome {
        case .answered:
            answered += 1
            self.wait += wait
            talk += Int(visit.talk ?? 0)
            if wait <= limits.serviceLevel { answeredInTime += 1 }
        case .abandoned:
            abandoned += 1
            if wait < limits.shortAbandon { abandonedShort += 1 }
        case .inProgress: inProgress += 1
        case .timedOut, .exitKey, .exitEmpty, .withdrawn, .unserved: otherwiseLost += 1
        }
    }
}
