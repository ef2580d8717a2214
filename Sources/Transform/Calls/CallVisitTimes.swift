import Base
import CallRecords

/// A visit to a queue, and the channel that made it.
struct ChannelVisit {
    var channel: Hash128
    var visit: QueueVisit

    /// When it was over; `nil` while it goes on, or where its end is in no log.
    var end: Moment? {
        if let left = visit.leftAt { return left }
        guard let connected = visit.connectedAt, let talk = visit.talk else { return nil }
        return connected.adding(seconds: Int64(talk))
    }
}

/// The visits of a call to queues, of which the queue's own log knows better than the legs how long anybody waited and talked.
///
/// Which leg a visit takes the place of is decided by time: what of a queue's leg lies after the visit was over (an attended
/// transfer out of the queue leaves the caller's channel in `Queue()`), and a stay that the log lacks, are told by the legs.
struct CallVisitTimes {
    /// In the order in which they began.
    let visits: [ChannelVisit]
    /// Those that say what became of the caller.
    private let told: [ChannelVisit]

    /// Seconds by which the ends of a visit and of its leg may differ: they are written by two clocks' ticks.
    private static let slack: Int64 = 2

    init(_ visits: [ChannelVisit]) {
        self.visits = visits
        told = visits.filter { $0.visit.outcome != .inProgress && $0.visit.outcome != .unserved }
    }

    /// What of a talk no visit tells.
    func untold(_ talk: Talk) -> Talk? {
        guard !told.isEmpty, let leg = talk.leg else { return talk }
        let met = told.filter { (talk.isQueued || $0.channel == leg.key) && isMet($0, by: leg) }
        guard let last = met.max(by: { ($0.end ?? .distantFuture) < ($1.end ?? .distantFuture) }) else { return talk }
        guard last.visit.outcome == .answered else { return nil }
        var rest = talk
        guard let end = last.end else {
            // The log ends in the middle of the talk, and the leg knows how it went on.
            rest.start = max(talk.start, last.visit.connectedAt ?? talk.start)
            return rest.hasLength ? rest : nil
        }
        guard talk.end.seconds(since: end) > Self.slack, talk.isQueued || last.visit.isTransferred else { return nil }
        rest.start = max(talk.start, end)
        return rest
    }

    /// Whether a leg is, or begins with, the caller's stay.
    private func isMet(_ visit: ChannelVisit, by leg: LegView) -> Bool {
        guard leg.times.end >= visit.visit.enteredAt else { return false }
        guard let end = visit.end, leg.times.start > visit.visit.enteredAt else { return true }
        return leg.times.start < (visit.visit.outcome == .answered ? end.adding(seconds: -1) : end)
    }

    /// What was said in the answered visits.
    var talks: [Talk] {
        told.indices.compactMap { index in
            let visit = told[index].visit
            guard visit.outcome == .answered else { return nil }
            let start = visit.connectedAt ?? visit.enteredAt.adding(seconds: Int64(visit.wait ?? 0))
            var end = max(start, visit.talk.map { start.adding(seconds: Int64($0)) } ?? visit.leftAt ?? start)
            // A talk whose end was logged late reaches into the next visit, in which the caller waited again.
            if let next = told[(index + 1)...].first(where: { $0.channel == told[index].channel }),
                end.seconds(since: next.visit.enteredAt) > Self.slack
            {
                end = max(start, next.visit.enteredAt)
            }
            return Talk(start: start, end: end, ring: visit.ring, agent: visit.agent)
        }
    }
}

@available(*, unavailable)
extension CallVisitTimes: Sendable {}
