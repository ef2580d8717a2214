internal import Base
internal import CallRecords
internal import Switchboard
internal import Transform

/// Makes visits of live events with the report's own machine, and counts those of today.
///
/// Events become lines of a queue_log, as for the warehouse, and lines become visits, so that a figure on a screen and one in a
/// report cannot be two opinions.
struct TodayVisits: Sendable {
    /// The thresholds of a queue.
    struct Limits: Sendable {
        var serviceLevel: Int
        var shortAbandon: Int
    }

    private struct Call: Sendable {
        var events: [QueueEvent] = []
        var visits: [QueueVisit] = []
    }

    private var writer = QueueLogWriter()
    private var calls: [String: Call] = [:]
    private let zone: ZoneTable
    private let limits: @Sendable (String) -> Limits
    /// When today began, or this process.
    private(set) var since: Double
    private var tomorrow: Double
    private var ticked = -Double.infinity

    /// The most calls that are kept; a call centre has some thousand a day.
    private static let most = 200_000

    init(from now: Double, zone: ZoneTable, limits: @escaping @Sendable (String) -> Limits) {
        (since, self.zone, self.limits) = (now, zone, limits)
        tomorrow = Self.nextMidnight(after: now, zone)
    }

    /// Takes an event that happened at `time`.
    mutating func take(_ event: PBXEvent, at time: Double) { add(writer.lines(for: event, at: time)) }

    /// Takes the passing of time: who left without a word, and midnight.
    mutating func tick(at now: Double) {
        guard now - ticked >= 1 else { return }
        ticked = now
        add(writer.lines(at: now))
        guard now >= tomorrow else { return }
        since = tomorrow
        tomorrow = Self.nextMidnight(after: now, zone)
        let start = since
        calls = calls.filter { call in
            call.value.visits.contains { $0.outcome == .inProgress || Double($0.enteredAt.wholeSeconds) >= start }
        }
    }

    /// Takes a complete list of queues after a gap.
    mutating func take(snapshot items: [QueueSnapshotItem], at now: Double) {
        add(writer.lines(forSnapshot: items, at: now))
    }

    /// Events are missing from here on.
    mutating func missedEvents(at now: Double) { writer.lost(at: now) }

    /// The figures, by queue.
    func days() -> [QueueDay] {
        var days: [String: QueueDay] = [:]
        for call in calls.values {
            for visit in call.visits where Double(visit.enteredAt.wholeSeconds) >= since.rounded(.down) {
                days[visit.queue, default: QueueDay(queue: visit.queue)].count(visit, limits(visit.queue))
            }
        }
        return days.values.sorted { $0.queue < $1.queue }
    }

    private mutating func add(_ lines: [String]) {
        for line in lines {
            guard let (callid, event) = Self.event(of: line) else { continue }
            if calls[callid] == nil, calls.count >= Self.most { continue }
            calls[callid, default: Call()].events.append(event)
            let events = calls[callid]?.events ?? []
            calls[callid]?.visits = VisitMachine.visits(of: events, restarts: [])
        }
    }

    /// The call and the event of a line; nil for one that is about no visit.
    private static func event(of line: String) -> (String, QueueEvent)? {
        let fields = line.split(separator: "|", maxSplits: 9, omittingEmptySubsequences: false).map(String.init)
        guard fields.count >= 5, let epoch = Int64(fields[0]), let kind = QueueEvent.Kind(rawValue: fields[4]),
            QueueEvent.visitKinds.contains(kind)
        else { return nil }
        func text(_ index: Int) -> String? {
            guard fields.indices.contains(index), !fields[index].isEmpty, fields[index] != "NONE" else { return nil }
            return fields[index]
        }
        let data: InlineArray<5, String?> = [text(5), text(6), text(7), text(8), text(9)]
        let at = Moment(seconds: epoch)
        return (fields[1], QueueEvent(at: at, kind: kind, queue: text(2), agent: text(3), data: data))
    }

    private static func nextMidnight(after now: Double, _ zone: ZoneTable) -> Double {
        let second = Int64(now)
        let wall = zone.wall(at: second)
        let day = CivilTime(secondsSince1970: wall + 86_400)
        let midnight = CivilTime(year: day.year, month: day.month, day: day.day)?.secondsSince1970 ?? wall + 86_400
        return Double(zone.resolve(wall: midnight).instant(nearest: second + midnight - wall))
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
