import Base
import CallRecords
import Switchboard

/// What was missed while this process ran, and can be read in the log afterwards.
extension TodayVisits {
    /// The times of today whose events were missed, oldest first.
    var gaps: [LiveDay.Blank] { blanks.filter { $0.cause != .notRunning } }

    /// How far the times of an event in the log and over AMI may be apart.
    private static let tolerance = Duration.seconds(2)

    /// Takes from the log what happened in the gaps that it covers. A call that the log mentions there is made again from
    /// everything that the log has of it, followed by what happened after the log was read.
    mutating func fill(from seed: TodaySeed, midnight: Moment) {
        let gaps = gaps.filter { seed.isKnownFrom <= $0.from && $0.to <= seed.isLoggedUntil }
        guard !gaps.isEmpty, midnight <= since else { return }
        func isMissed(_ event: QueueEvent) -> Bool {
            gaps.contains { $0.from - Self.tolerance <= event.at && event.at <= $0.to + Self.tolerance }
        }
        var log: [String: [QueueEvent]] = [:]
        for (callid, event) in seed.events {
            switch event.kind {
            case .queueStart: note(restart: event.at)
            case .ringNoAnswer:
                guard let agent = event.agent, event.at >= midnight,
                    gaps.contains(where: { $0.from < event.at && event.at < $0.to })
                else { continue }
                unanswered[agent, default: 0] += 1
            default: log[callid, default: []].append(event)
            }
        }
        for (callid, events) in log where events.contains(where: isMissed) {
            renew(callid, from: events, seed)
        }
        // The log may have got a start of the PBX only.
        for callid in calls.keys where calls[callid]?.isOpen ?? false {
            calls[callid]?.follow(restarts)
            countNew(callid)
        }
        calls = calls.filter { $0.value.isOpen || $0.value.visits.contains { $0.enteredAt >= midnight } }
        blanks.removeAll { gaps.contains($0) }
    }

    private mutating func renew(_ callid: String, from log: [QueueEvent], _ seed: TodaySeed) {
        let observed = calls[callid]?.events ?? []
        func isLogged(_ event: QueueEvent) -> Bool {
            log.contains { known in
                known.kind == event.kind && known.queue?.lowercased() == event.queue?.lowercased()
                    && known.at - event.at <= Self.tolerance && event.at - known.at <= Self.tolerance
            }
        }
        let later = observed.filter { event in
            event.kind != .missed && event.at >= seed.isKnownUntil - Self.tolerance && !isLogged(event)
        }
        var call = Call(events: log + later)
        call.follow(restarts)
        // Not waiting any more, although the log has no end.
        if observed.isEmpty { call.visits.removeAll { $0.outcome == .inProgress } }
        // The end of a talk may come without its caller, who is found by the agent then.
        if call.visits.contains(where: { $0.outcome == .answered && $0.leftAt == nil }) {
            for event in call.events { writer.resume(event.line(callid)) }
        }
        call.counted = calls[callid]?.counted ?? Counted(since: since)
        guard calls[callid] != nil || calls.count < Self.most else { return }
        calls[callid] = call
        countNew(callid)
    }
}
