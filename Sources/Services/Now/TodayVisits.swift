import Base
import CallRecords
import Switchboard
import Transform

/// Builds visits from live events with the same state machine as the reports, and counts today's.
///
/// Events become lines of a queue_log, as for the warehouse, and lines become visits, so that figures on a screen and
/// in a report cannot disagree.
struct TodayVisits: Sendable {
    struct Call: Sendable {
        var events: [QueueEvent] = []
        var visits: [QueueVisit] = []
        /// What has been counted of it in ``TodayVisits/totals``.
        var counted = Counted()

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

        /// Makes the visits of the events.
        mutating func follow(_ restarts: [Moment]) {
            visits = VisitMachine.visits(of: events, restarts: restarts)
        }

        /// Whether the end of a visit may have been missed.
        var hasMissedEvents: Bool { events.contains { $0.kind == .missed } }

        /// Whether the caller is waiting or talking, as far as known.
        var isOpen: Bool {
            visits.contains { $0.outcome == .inProgress || $0.outcome == .answered && $0.leftAt == nil }
        }
    }

    var writer = QueueLogWriter()
    var calls: [String: Call] = [:]
    /// How often an agent's phone rang without an answer today.
    var unanswered: [String: Int] = [:]
    /// How often in a row it has, until the agent answers.
    private(set) var unansweredInRow: [String: Int] = [:]
    /// When the PBX was started, as far as known: callers who were waiting then are gone.
    private(set) var restarts: [Moment] = []
    /// Yesterday's figures of calls that have ended, by the queue's key; nil if this process did not see that day.
    private(set) var past: (begins: Moment, queues: [String: QueueDay], blanks: [LiveDay.Blank])?
    var blanks: [LiveDay.Blank] = []
    private var missing: (from: Moment, cause: LiveDay.Blank.Cause)?
    private let zone: ZoneTable
    let limits: @Sendable (String) -> QueueDay.Limits
    /// The beginning of today, or of this process.
    private(set) var since: Moment
    /// The unobserved time between what was found at the start and the first event; nil if nothing is missing.
    private(set) var gap: ClosedRange<Moment>?
    private(set) var began: Moment
    /// What happened since this process began, by the queue's key.
    var totals: [String: QueueTotals] = [:]
    private(set) var tomorrow: Moment
    private var ticked = Moment.distantPast

    /// The most calls that are kept; a call centre has a few thousand a day.
    static let most = 200_000
    /// The most starts of a PBX that are kept.
    private static let mostRestarts = 1_000

    init(from now: Moment, zone: ZoneTable, limits: @escaping @Sendable (String) -> QueueDay.Limits) {
        (since, self.zone, self.limits) = (now, zone, limits)
        began = now
        tomorrow = zone.nextMidnight(after: now)
    }

    /// The first connection has been made. What happened before it comes from elsewhere, or is unknown.
    mutating func begin(at now: Moment) {
        guard calls.isEmpty, past == nil, since == began else { return }
        (since, began) = (now, now)
        tomorrow = zone.nextMidnight(after: now)
        let midnight = zone.midnight(before: now)
        if now - midnight > Self.shortest { blanks = [LiveDay.Blank(from: midnight, to: now, cause: .notRunning)] }
    }

    /// Takes an event that happened at `time`.
    mutating func take(_ event: PBXEvent, at time: Moment) {
        if time >= tomorrow { endDay(at: time) }
        add(writer.lines(for: event, at: time))
    }

    /// Handles the passing of time: callers who left without an event, and midnight.
    mutating func tick(at now: Moment) {
        guard now - ticked >= .seconds(1) else { return }
        ticked = now
        add(writer.lines(at: now))
        guard now >= tomorrow else { return }
        endDay(at: now)
    }

    /// Yesterday's figures are kept, and the calls that go on.
    private mutating func endDay(at now: Moment) {
        let (first, start) = (since, tomorrow)
        for (callid, call) in calls where call.hasMissedEvents { countNew(callid, isFinal: true) }
        let open = calls.filter {
            $0.value.isOpen && $0.value.visits.contains { start - $0.enteredAt < .seconds(172_800) }
        }
        var queues: [String: QueueDay] = [:]
        for (callid, call) in calls where open[callid] == nil {
            for visit in call.visits where visit.enteredAt < start && visit.enteredAt >= first {
                count(visit, in: &queues)
            }
        }
        past = (zone.midnight(before: first), queues, blanks(at: start))
        calls = calls.filter { open[$0.key] != nil || $0.value.visits.contains { $0.enteredAt >= start } }
        since = start
        (gap, blanks, unanswered, unansweredInRow) = (nil, [], [:], [:])
        restarts = Array(restarts.suffix(10))
        tomorrow = zone.nextMidnight(after: now)
    }

    /// Takes a complete list of queues after a gap.
    mutating func take(snapshot items: [QueueSnapshotItem], at now: Moment) {
        blanks = blanks(at: now)
        missing = nil
        add(writer.lines(forSnapshot: items, at: now))
    }

    /// The times of today of which not everything is known.
    func blanks(at now: Moment) -> [LiveDay.Blank] {
        guard let missing, missing.from < now, blanks.count < LiveDay.mostBlanks else { return blanks }
        return blanks + [LiveDay.Blank(from: max(missing.from, since), to: now, cause: missing.cause)]
    }

    /// Events are missing from here on.
    mutating func missedEvents(at now: Moment, _ cause: LiveDay.Blank.Cause) {
        missing = missing ?? (now, cause)
        writer.lost(at: now)
    }

    /// Takes what happened today before this process began. A caller who was waiting at the start is in both.
    mutating func take(seed: TodaySeed, midnight: Moment) {
        // The day has ended in the meantime.
        guard midnight <= since, since == began else { return }
        var known: [String: Call] = [:]
        for (callid, event) in seed.events where known.count < Self.most {
            switch event.kind {
            case .ringNoAnswer:
                guard let agent = event.agent, event.at < began, event.at >= midnight else { continue }
                unanswered[agent, default: 0] += 1
            case .queueStart: note(restart: event.at)
            default: known[callid, default: Call()].events.append(event)
            }
        }
        for callid in known.keys { known[callid]?.follow(restarts) }
        for (callid, call) in calls {
            for event in call.events where !(known[callid]?.has(event) ?? false) {
                known[callid, default: Call()].events.append(event)
            }
            known[callid]?.follow(restarts)
            known[callid]?.counted = call.counted
        }
        for (callid, call) in known where calls[callid] == nil {
            // Without an end in the log, but no longer waiting: it ended unobserved.
            known[callid]?.visits.removeAll { $0.outcome == .inProgress }
            // The end of a talk may come without its caller, who is found by the agent then.
            if call.isOpen { for event in call.events { writer.resume(event.line(callid)) } }
        }
        calls = known.filter { callid, call in
            calls[callid] != nil || call.isOpen || call.visits.contains { $0.enteredAt >= midnight }
        }
        for callid in calls.keys { countNew(callid) }
        since = midnight
        blanks.removeAll { $0.cause == .notRunning }
        guard began - seed.isKnownUntil > Self.shortest else { return }
        let gap = max(midnight, seed.isKnownUntil)...began
        self.gap = gap
        blanks.insert(LiveDay.Blank(from: gap.lowerBound, to: gap.upperBound, cause: .notRunning), at: 0)
    }

    /// Shorter times are not reported.
    private static let shortest = Duration.seconds(120)

    private mutating func add(_ lines: [String]) {
        for line in lines {
            guard let (callid, event) = Self.event(of: line) else { continue }
            if event.kind == .queueStart {
                note(restart: event.at)
                for callid in calls.keys where calls[callid]?.isOpen ?? false { follow(callid) }
                continue
            }
            if event.kind == .ringNoAnswer {
                if let agent = event.agent {
                    unanswered[agent, default: 0] += 1
                    unansweredInRow[agent, default: 0] += 1
                }
                continue
            }
            if event.kind == .connect, let agent = event.agent { unansweredInRow[agent] = nil }
            // A caller who is waiting when the lists are read entered earlier, and the log already has that.
            if calls[callid]?.has(event) ?? false { continue }
            if calls[callid] == nil, calls.count >= Self.most { continue }
            calls[callid, default: Call(counted: Counted(since: since))].events.append(event)
            follow(callid)
        }
    }

    private mutating func follow(_ callid: String) {
        calls[callid]?.follow(restarts)
        countNew(callid)
    }

    mutating func note(restart: Moment) {
        guard restarts.count < Self.mostRestarts, !restarts.contains(restart) else { return }
        restarts.append(restart)
        restarts.sort()
    }

    /// The call and the event of a line; nil for a line that is not about a visit, an unanswered phone or a start of the PBX.
    static func event(of line: String) -> (String, QueueEvent)? {
        let fields = line.split(separator: "|", maxSplits: 9, omittingEmptySubsequences: false).map(String.init)
        guard fields.count >= 5, let epoch = Int64(fields[0]), let kind = QueueEvent.Kind(rawValue: fields[4]),
            kinds.contains(kind)
        else { return nil }
        func text(_ index: Int) -> String? {
            guard fields.indices.contains(index), !fields[index].isEmpty, fields[index] != "NONE" else { return nil }
            return fields[index]
        }
        let data: InlineArray<5, String?> = [text(5), text(6), text(7), text(8), text(9)]
        let at = Moment(seconds: epoch)
        return (fields[1], QueueEvent(at: at, kind: kind, queue: text(2), agent: text(3), data: data))
    }

    /// The kinds of events that are counted, or end what is counted.
    static let kinds = QueueEvent.visitKinds + [.ringNoAnswer, .queueStart]
}

extension QueueEvent {
    /// The event as a line of a queue_log.
    func line(_ callid: String) -> String {
        let fields = ["\(at.wholeSeconds)", callid, queue ?? "NONE", agent ?? "NONE", kind.rawValue]
        return (fields + data.indices.map { data[$0] ?? "" }).joined(separator: "|")
    }
}
