import Base
import CallRecords

/// A visit to a queue, and the channel that made it.
struct ChannelVisit {
    var channel: Hash128
    var visit: QueueVisit

    /// When it was over; `nil` while it lasts, or if no log has its end.
    var end: Moment? {
        if let left = visit.leftAt { return left }
        guard let connected = visit.connectedAt, let talk = visit.talk else { return nil }
        return connected.adding(seconds: Int64(talk))
    }
}

/// A call's visits to queues. The queue's own log is more reliable than the legs about waits and talks.
///
/// Time decides which leg a visit replaces. Two things are taken from the legs: the part of a queue's leg after the end
/// of the visit (an attended transfer out of the queue leaves the caller's channel in `Queue()`), and a stay that the
/// log lacks.
struct CallVisitTimes {
    /// In the order in which they began.
    let visits: [ChannelVisit]
    /// Those that show what became of the caller.
    private let told: [ChannelVisit]

    /// The most by which the ends of a visit and of its leg may differ, in seconds: two clock ticks lie between them.
    private static let slack: Int64 = 2

    init(_ visits: [ChannelVisit]) {
        self.visits = visits
        told = visits.filter { $0.visit.outcome != .inProgress && $0.visit.outcome != .unserved }
    }

    /// The part of a talk that no visit covers.
    func untold(_ talk: Talk) -> Talk? {
        guard !told.isEmpty, let leg = talk.leg else { return talk }
        let met = told.filter { (talk.isQueued || $0.channel == leg.key) && isMet($0, by: leg) }
        guard let last = met.max(by: { ($0.end ?? .distantFuture) < ($1.end ?? .distantFuture) }) else { return talk }
        guard last.visit.outcome == .answered else { return nil }
        var rest = talk
        guard let end = last.end else {
            // The log ends in the middle of the talk, and the leg shows how it continued.
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

    /// The conversations in the answered visits.
    var talks: [Talk] {
        told.indices.compactMap { index in
            let visit = told[index].visit
            guard visit.outcome == .answered else { return nil }
            let start = visit.connectedAt ?? visit.enteredAt.adding(seconds: Int64(visit.wait ?? 0))
            var end = max(start, visit.talk.map { start.adding(seconds: Int64($0)) } ?? visit.leftAt ?? start)
            // A talk whose end was logged late extends into the next visit, in which the caller was waiting again.
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
