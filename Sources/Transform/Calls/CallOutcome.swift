import Base
import CallRecords

/// How a call ended, who took it, and how long the parties rang, waited and talked.
struct CallOutcome {
    private let roles: LegRoles
    private let times: CallVisitTimes
    private let estimates: [CallVisits]
    private let reader: TalkReader
    /// The conversations with the customer, or among insiders if there is no customer: from the legs alone, in order of
    /// time.
    private let legTalks: [Talk]
    private let transfers: Int

    /// Examines legs, parties, what the queue_log knows about the call, in order, and, if it knows nothing, what the
    /// legs show about the visits.
    init(
        _ roles: LegRoles,
        _ parties: CallParties,
        visits: [ChannelVisit],
        estimates: [CallVisits],
        numbers: NumberNormaliser
    ) {
        self.roles = roles
        self.estimates = estimates
        reader = TalkReader(roles: roles, numbers: numbers)
        let conversations = roles.primary.filter(\.isConversation)
        let withAgents = roles.logins.isEmpty ? [] : roles.primary.flatMap(reader.talksWithAgents)
        let side = CustomerSide(parties, conversations, roles, reader)
        if conversations.count < 2 {
            legTalks = Talk.settled(conversations.flatMap(reader.talks) + withAgents)
            transfers = legTalks.count < 2 ? 0 : Company(legTalks, side, roles, numbers).transfers
        } else {
            let talks = conversations.flatMap(reader.talks).sorted { $0.start < $1.start }
            let own = Set(side.legs.map(\.index))
            legTalks = Talk.settled(
                talks.filter { $0.leg.map { own.contains($0.index) } ?? false } + withAgents
            )
            transfers = Company(talks, side, roles, numbers).transfers
        }
        // What a colleague did in another queue while the customer was waiting does not belong to the customer's call.
        let hasCustomer = parties.direction == .inbound || parties.direction == .outbound
        times = CallVisitTimes(
            !hasCustomer || visits.isEmpty
                ? visits
                : visits.filter { visit in
                    visit.channel == parties.leg.key
                        || roles.primary.first { $0.key == visit.channel }.flatMap { numbers.phone(of: $0.channel) }
                            == nil
                        || roles.primary.contains {
                            $0.key == visit.channel && side.channels.contains(Hash128($0.channel.pair))
                        }
                }
        )
    }

    func write(to call: inout Call) {
        // The queue's own log is more reliable than the CDR about whether a visit was answered, unless the log broke
        // off.
        let talks = times.visits.isEmpty ? legTalks : legTalks.compactMap(times.untold) + times.talks
        let wasTried = !times.visits.isEmpty || roles.primary.contains { $0.hasParty && !$0.isPage || $0.isQueue }
        let served = wasTried ? [] : roles.primary.filter { $0.isAnswered && !$0.isMailbox }

        call.disposition = talks.isEmpty && served.isEmpty ? unanswered() : .answered
        writeQueue(&call)
        if !talks.isEmpty {
            writeTalk(&call, talks)
        } else if !served.isEmpty {
            // Nobody was called: the PBX served the caller itself or kept them waiting, which is not a conversation.
            writeTalk(
                &call,
                served.map { Talk(start: $0.answer, end: $0.isIdle || $0.isPage ? $0.answer : $0.times.end) }
            )
        } else {
            extend(&call, to: times.visits.lazy.compactMap(\.end).max())
            call.wait = Int32(clamping: call.endedAt.seconds(since: call.startedAt))
            let tried = roles.primary.last(where: \.hasParty)
            call.ring = tried.flatMap(reader.ringing)
            call.extension = tried.flatMap(reader.extensionTried)
        }
        call.transfers = Int16(clamping: max(times.visits.count(where: \.visit.isTransferred), transfers))
    }

    /// The best result of any attempt: a phone that rang beats a busy one, which beats a line that failed.
    private func unanswered() -> Call.Disposition {
        if !times.visits.isEmpty { return .noAnswer }
        let attempts = roles.primary.filter { $0.hasParty || $0.isQueue || $0.has(.lastapp, "Dial") }
        let legs = attempts.isEmpty ? roles.primary : attempts
        if legs.contains(where: {
            $0.isQueue || $0.isAnswered || $0.disposition == .noAnswer || $0.disposition == .cancel
                // The source has no disposition, but somebody was called.
                || $0.disposition == nil && $0.hasParty
        }) {
            return .noAnswer
        }
        return legs.contains { $0.disposition == .busy } ? .busy : .failed
    }

    private func writeQueue(_ call: inout Call) {
        if let first = times.visits.first {
            call.queue = first.visit.queue
            call.queueVisits = Int16(clamping: times.visits.count)
            call.waitSource = .queueLog
        } else if let leg = roles.considered.first(where: \.isQueue) {
            call.queue = leg.queueName
            call.queueVisits = Int16(clamping: estimates.reduce(0) { $0 + $1.visits.count })
            call.waitSource = .cdr
        }
    }

    /// The queue_log may be ahead of the legs that the PBX has written so far. A difference of two clock ticks is no
    /// reason to extend.
    private func extend(_ call: inout Call, to end: Moment?) {
        if let end, end.seconds(since: call.endedAt) > 2 { call.endedAt = end }
    }

    private func writeTalk(_ call: inout Call, _ unsorted: [Talk]) {
        let talks = unsorted.sorted { $0.start < $1.start }
        // The queue_log may contain an answer whose leg the PBX has not written yet.
        let answered = max(call.startedAt, talks[0].start)
        call.answeredAt = answered
        extend(&call, to: talks.lazy.map(\.end).max())
        call.endedAt = max(call.endedAt, answered)
        call.wait = Int32(clamping: answered.seconds(since: call.startedAt))
        call.ring = talks[0].ring
        call.talk = Talk.covered(talks)
        call.agent = talks.lazy.compactMap(\.agent).first
        // The log has the member's name; the phone is in the legs.
        call.extension = legTalks.lazy.compactMap(\.party).first
    }
}

@available(*, unavailable)
extension CallOutcome: Sendable {}
