internal import CallRecords

/// How a call ended, who took it, and how long everybody rang, waited and talked.
struct CallOutcome {
    private let roles: LegRoles
    private let visits: [QueueVisit]
    private let numbers: NumberNormaliser

    init(_ roles: LegRoles, visits: [QueueVisit], numbers: NumberNormaliser) {
        self.roles = roles
        self.visits = visits
        self.numbers = numbers
    }

    func write(to call: inout Call) {
        // The queue's own log knows better than the CDR whether a visit to it was answered.
        let conversations = roles.primary.filter { $0.isConversation && !(visits.isEmpty == false && $0.isQueue) }
        let answeredVisits = visits.filter { $0.outcome == .answered }
        let wasTried = !visits.isEmpty || roles.primary.contains { $0.hasParty || $0.isQueue }

        if !answeredVisits.isEmpty || !conversations.isEmpty {
            call.disposition = .answered
        } else if wasTried {
            call.disposition = unanswered()
        } else {
            call.disposition = roles.primary.contains(where: \.isAnswered) ? .answered : unanswered()
        }
        queue(&call)
        answer(&call, conversations, answeredVisits, wasTried: wasTried)
        call.transfers = Int16(
            clamping: visits.count(where: \.isTransferred)
                + max(0, conversations.count { $0.has(.lastapp, "Dial") } - 1))
    }

    /// The best that any attempt came to: a phone that rang beats a busy one, and that one beats a line that failed.
    private func unanswered() -> Call.Disposition {
        let attempts = roles.primary.filter { $0.hasParty || $0.isQueue || $0.has(.lastapp, "Dial") }
        let legs = attempts.isEmpty ? roles.primary : attempts
        if !visits.isEmpty || legs.contains(where: \.isQueue) { return .noAnswer }
        if legs.contains(where: { $0.has(.disposition, "NO ANSWER") || $0.has(.disposition, "CANCEL") || $0.isAnswered }) {
            return .noAnswer
        }
        return legs.contains { $0.has(.disposition, "BUSY") } ? .busy : .failed
    }

    private func queue(_ call: inout Call) {
        call.queueVisits = Int16(clamping: visits.count)
        if let first = visits.first {
            call.queue = first.queue
            call.waitSource = .queueLog
            return
        }
        guard let leg = roles.primary.first(where: \.isQueue) else { return }
        call.queue = leg.queueName
        call.queueVisits = 1
        call.waitSource = .cdr
    }

    private func answer(
        _ call: inout Call, _ conversations: [LegView], _ answeredVisits: [QueueVisit], wasTried: Bool
    ) {
        var spans: [Span] = conversations.map(conversation)
        spans += answeredVisits.map { visit in
            let start = visit.connectedAt ?? visit.enteredAt + Int64(visit.wait ?? 0)
            return Span(start: start, end: start + Int64(visit.talk ?? 0), ring: visit.ring, party: nil, agent: visit.agent)
        }
        if spans.isEmpty, call.disposition == .answered, !wasTried {
            // Nobody was tried: the PBX served the caller itself, or all met in a conference.
            spans = roles.primary.filter(\.isAnswered).map {
                Span(start: $0.answer, end: $0.times.end, ring: nil, party: nil, agent: nil)
            }
        }
        spans.sort { $0.start < $1.start }
        guard let first = spans.first else {
            call.wait = Int32(clamping: call.endedAt - call.startedAt)
            call.extension = roles.primary.last(where: \.hasParty).flatMap(party)
            return
        }
        call.answeredAt = first.start
        call.wait = Int32(clamping: max(0, first.start - call.startedAt))
        call.ring = first.ring
        call.talk = Span.covered(spans)
        call.agent = spans.lazy.compactMap(\.agent).first
        let queueLeg = answeredVisits.isEmpty ? nil : roles.primary.last { $0.isQueue && $0.isConversation }
        call.extension = (queueLeg.flatMap(party)) ?? spans.lazy.compactMap(\.party).first
    }

    private func conversation(_ leg: LegView) -> Span {
        let far = roles.farHalf(of: leg).flatMap { $0.isAnswered ? $0 : nil }
        // A caller's channel may have been answered long before anybody spoke; the dialled side's own leg knows when.
        let start = far?.answer ?? leg.answer
        let ring = far.map { $0.answer - $0.times.start } ?? Int64(leg.header.duration - leg.header.billsec)
        let end = far.map { min($0.times.end, leg.times.end) } ?? leg.times.end
        return Span(
            start: start, end: max(start, end), ring: Int32(clamping: max(0, ring)), party: party(leg), agent: nil)
    }

    /// The extension that was reached.
    private func party(_ leg: LegView) -> String? {
        let far = roles.farHalf(of: leg).flatMap { $0.hasParty ? $0 : nil }
        for channel in [far?[.dstchannel], leg[.dstchannel]].compactMap(\.self) {
            let name = ChannelName(channel)
            if case .extension(let number) = numbers.party(name.device, as: .caller) { return number }
        }
        return nil
    }
}

/// A stretch of talk.
private struct Span {
    var start: Int64
    var end: Int64
    var ring: Int32?
    var party: String?
    var agent: String?

    /// Seconds that at least one of the stretches covers; they are sorted by start.
    static func covered(_ spans: [Span]) -> Int32 {
        var total: Int64 = 0
        var reached = Int64.min
        for span in spans {
            total += max(0, span.end - max(span.start, reached))
            reached = max(reached, span.end)
        }
        return Int32(clamping: total)
    }
}
