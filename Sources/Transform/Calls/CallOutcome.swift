internal import Base
internal import CallRecords

/// How a call ended, who took it, and how long everybody rang, waited and talked.
struct CallOutcome {
    private let roles: LegRoles
    private let visits: [QueueVisit]
    private let estimates: [CallVisits]
    private let reader: TalkReader
    /// Conversations with the customer, or among insiders where there is none.
    private let conversations: [LegView]
    /// What was said in them, by the legs alone, in the order of time.
    private let legTalks: [Talk]

    /// Looks at legs, parties, what the queue_log knows of the call, in order, and what the legs tell of its visits where
    /// it knows nothing.
    init(
        _ roles: LegRoles,
        _ parties: CallParties,
        visits: [QueueVisit],
        estimates: [CallVisits],
        numbers: NumberNormaliser
    ) {
        self.roles = roles
        self.visits = visits
        self.estimates = estimates
        reader = TalkReader(roles: roles, numbers: numbers)
        let all = roles.primary.filter(\.isConversation)
        let customers = parties.customerLegs(all, roles)
        conversations = customers.isEmpty ? all : customers
        let talks = conversations.flatMap(reader.talks)
        legTalks = talks.count < 2 ? talks : talks.sorted { $0.start < $1.start }
    }

    func write(to call: inout Call) {
        let answeredVisits = visits.filter { $0.outcome == .answered }
        // The queue's own log knows better than the CDR whether a visit to it was answered, unless it broke off.
        let talks =
            visits.isEmpty
            ? legTalks : conversations.filter { !isTold($0) }.flatMap(reader.talks) + answeredVisits.map(Self.talk)
        let wasTried = !visits.isEmpty || roles.primary.contains { $0.hasParty || $0.isQueue }
        let isServed = !wasTried && roles.primary.contains { $0.isAnswered && !$0.isMailbox }

        call.disposition = talks.isEmpty && !isServed ? unanswered() : .answered
        writeQueue(&call)
        if !talks.isEmpty {
            writeTalk(&call, talks)
        } else if isServed {
            // Nobody was tried: the PBX served the caller itself.
            writeTalk(
                &call,
                roles.primary.filter { $0.isAnswered && !$0.isMailbox }.map {
                    Talk(start: $0.answer, end: $0.times.end)
                }
            )
        } else {
            call.wait = Int32(clamping: call.endedAt.seconds(since: call.startedAt))
            let tried = roles.primary.last(where: \.hasParty)
            call.ring = tried.flatMap(reader.ringing)
            call.extension = tried.flatMap(reader.extensionTried)
        }
        call.transfers = Int16(
            clamping: max(
                visits.count(where: \.isTransferred),
                Talk.transfers(legTalks)
            )
        )
    }

    /// Whether the queue_log says what became of the visit of which a leg is part.
    private func isTold(_ leg: LegView) -> Bool {
        guard !visits.isEmpty, let queue = leg.queueName else { return false }
        return visits.contains { $0.queue == queue && $0.outcome != .inProgress && $0.outcome != .unserved }
    }

    private static func talk(of visit: QueueVisit) -> Talk {
        let start = visit.connectedAt ?? visit.enteredAt.adding(seconds: Int64(visit.wait ?? 0))
        let end = visit.talk.map { start.adding(seconds: Int64($0)) } ?? visit.leftAt ?? start
        return Talk(start: start, end: max(start, end), ring: visit.ring, agent: visit.agent)
    }

    /// The best that any attempt came to: a phone that rang beats a busy one, and that one beats a line that failed.
    private func unanswered() -> Call.Disposition {
        if !visits.isEmpty { return .noAnswer }
        let attempts = roles.primary.filter { $0.hasParty || $0.isQueue || $0.has(.lastapp, "Dial") }
        let legs = attempts.isEmpty ? roles.primary : attempts
        if legs.contains(where: {
            $0.isQueue || $0.isAnswered || $0.disposition == .noAnswer || $0.disposition == .cancel
        }) {
            return .noAnswer
        }
        return legs.contains { $0.disposition == .busy } ? .busy : .failed
    }

    private func writeQueue(_ call: inout Call) {
        if let first = visits.first {
            call.queue = first.queue
            call.queueVisits = Int16(clamping: visits.count)
            call.waitSource = .queueLog
        } else if let leg = roles.primary.first(where: \.isQueue) {
            call.queue = leg.queueName
            call.queueVisits = Int16(clamping: estimates.reduce(0) { $0 + $1.visits.count })
            call.waitSource = .cdr
        }
    }

    private func writeTalk(_ call: inout Call, _ unsorted: [Talk]) {
        let talks = unsorted.sorted { $0.start < $1.start }
        call.answeredAt = talks[0].start
        call.wait = Int32(clamping: max(0, talks[0].start.seconds(since: call.startedAt)))
        call.ring = talks[0].ring
        call.talk = Talk.covered(talks)
        call.agent = talks.lazy.compactMap(\.agent).first
        // The log has the member's name; the phone stands in the legs.
        call.extension = legTalks.lazy.compactMap(\.party).first
    }
}

@available(*, unavailable)
extension CallOutcome: Sendable {}
