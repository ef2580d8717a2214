import Base
import CallRecords

/// Estimates the stays of a call's channels in queues from their legs.
struct VisitEstimator {
    let roles: LegRoles
    let numbers: NumberNormaliser

    /// One stay of one channel in one queue: a leg for each agent that was tried.
    private struct Stay {
        var callid: Hash128
        var queue: String
        var legs: [LegView]
        /// Other legs of the channel followed: the dialplan continued with the caller.
        var wentOn = false
        var isAnswered = false
        /// The phone that answered.
        var answeredBy: String?

        mutating func answer(_ party: String?) { (isAnswered, answeredBy) = (true, party) }
    }

    /// The visits, by the channels that made them; none for a channel whose visits the queue_log covers, which is
    /// looked up by the hash of its uniqueid.
    func visits(unless isTold: (Hash128) -> Bool) -> [CallVisits] {
        let stays = stays()
        var calls: [CallVisits] = []
        var seen: Set<Hash128> = []
        for first in stays where seen.insert(first.callid).inserted {
            guard let callid = first.legs[0].string(.uniqueid) else { continue }
            var entries: [String: Int16] = [:]
            var visits: [QueueVisit] = []
            // The queue's own log is more reliable.
            for stay in stays where stay.callid == first.callid && !isTold(first.callid) {
                entries[QueueName.key(stay.queue), default: 0] &+= 1
                visits.append(visit(stay, entry: entries[QueueName.key(stay.queue)] ?? 1))
            }
            calls.append(CallVisits(callid: callid, visits: visits))
        }
        return calls
    }

    private func stays() -> [Stay] {
        var stays: [Stay] = []
        // Legs of the call's different channels are interleaved.
        var current: [Hash128: Int] = [:]
        for leg in roles.considered {
            let callid = leg.key
            if let index = current[callid] {
                if leg.queueName.map(QueueName.key) == QueueName.key(stays[index].queue), belongs(leg, to: stays[index])
                {
                    stays[index].legs.append(leg)
                    if leg.isConversation, !stays[index].isAnswered {
                        stays[index].answer(reader.extensionTried(by: leg))
                    }
                    continue
                }
                stays[index].wentOn = true
                current[callid] = nil
            }
            guard let queue = leg.queueName else { continue }
            current[callid] = stays.count
            var stay = Stay(callid: callid, queue: queue, legs: [leg])
            if leg.isConversation { stay.answer(reader.extensionTried(by: leg)) }
            stays.append(stay)
        }
        return stays
    }

    /// A leg after an answer does not belong to the stay, unless it shows the same phone again, which happens when a
    /// Local channel optimises itself away.
    private func belongs(_ leg: LegView, to stay: Stay) -> Bool {
        if !stay.isAnswered || leg.times.start < end(of: stay) { return true }
        return leg.times.start <= end(of: stay).adding(seconds: 1) && leg.isConversation && stay.answeredBy != nil
            && reader.extensionTried(by: leg) == stay.answeredBy
    }

    private var reader: TalkReader { TalkReader(roles: roles, numbers: numbers) }

    private func end(of stay: Stay) -> Moment { stay.legs.lazy.map(\.times.end).max() ?? .distantPast }

    private func visit(_ stay: Stay, entry: Int16) -> QueueVisit {
        let start = stay.legs.lazy.map(\.times.start).min() ?? end(of: stay)
        let end = end(of: stay)
        var visit = QueueVisit(queue: stay.queue, entry: entry, enteredAt: start)
        visit.caller = stay.legs[0].string(.src)
        visit.identifyCaller(by: numbers)
        visit.leftAt = end
        guard let answered = stay.legs.first(where: \.isConversation) else {
            visit.outcome = stay.wentOn ? .timedOut : .abandoned
            visit.wait = Int32(clamping: end.seconds(since: start))
            return visit
        }
        let talks = reader.talks(of: answered)
        let left = stay.legs.lazy.filter(\.isConversation).map(\.times.end).max() ?? end
        let connected = max(start, talks.lazy.map(\.start).min() ?? answered.answer)
        visit.outcome = .answered
        visit.connectedAt = connected
        visit.wait = Int32(clamping: connected.seconds(since: start))
        visit.talk = Int32(clamping: max(0, left.seconds(since: connected)))
        visit.ring = talks.first?.ring
        visit.leftAt = left
        return visit
    }
}

@available(*, unavailable)
extension VisitEstimator: Sendable {}
