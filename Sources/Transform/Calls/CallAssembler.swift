public import CallRecords

/// Makes one call from its legs. docs/calls.md explains the rules to users.
public struct CallAssembler {
    let policy: CallPolicy
    let numbers: NumberNormaliser

    /// Rules for the calls of one PBX.
    public init(policy: CallPolicy, numbers: NumberNormaliser) {
        self.policy = policy
        self.numbers = numbers
    }

    /// The result for some legs.
    public struct Assembly: Sendable {
        /// The calls, in the order of the page.
        public var calls: [Call] = []
        /// Visits as far as legs show them, for calls about which the queue_log says nothing. If a caller's channel was
        /// answered before the queue, no leg says when the agent picked up, unless the agent's phone has a leg of its
        /// own. A call with visits from the queue_log is listed here without any, so that earlier estimates are
        /// removed.
        public internal(set) var estimates: [CallVisits] = []
    }

    /// The calls of some legs, and their visits to queues as far as legs show them.
    public func assemble(_ page: CallLegs) -> Assembly {
        var assembly = Assembly()
        assembly.calls.reserveCapacity(page.calls.count)
        page.legs.texts.withUnsafeTexts { texts in
            for call in page.calls {
                let legs = page.order[call.legs].map { LegView(texts, $0, of: page) }
                assemble(call.id, legs, page, into: &assembly)
            }
        }
        return assembly
    }

    private func assemble(_ id: Int64, _ legs: [LegView], _ page: CallLegs, into assembly: inout Assembly) {
        let roles = LegRoles(legs, policy: policy)
        var call = Call(id: id, linkedid: "")
        name(&call, legs)
        call.legs = Int16(clamping: legs.count)

        let parties = CallParties.of(roles, policy: policy, numbers: numbers)
        call.direction = parties.direction
        call.customer = parties.customer
        call.customerNumber = parties.customerNumber
        call.did = parties.did
        call.startedAt = roles.primary.lazy.map(\.times.start).min() ?? roles.origin.times.start
        call.endedAt = roles.primary.lazy.map(\.times.end).max() ?? roles.origin.times.end

        let visits = page.visits.isEmpty ? [] : queueVisits(legs, page)
        call.sightings = visits.lazy.map(\.visit).compactMap { visit in
            guard let agent = visit.agent, let at = visit.connectedAt else { return nil }
            return AgentSighting(agent: agent, at: at)
        }
        let isQueued = roles.considered.contains(where: \.isQueue)
        let estimates =
            isQueued ? VisitEstimator(roles: roles, numbers: numbers).visits { page.visits[$0] != nil } : []
        CallOutcome(roles, parties, visits: visits, estimates: estimates, numbers: numbers).write(to: &call)
        if call.direction != .inbound || call.extension == nil {
            call.extension = parties.insideParty ?? call.extension
        }
        call.recordingfile = legs.lazy.compactMap { $0.string(.recordingfile) }.first
        assembly.calls.append(call)
        assembly.estimates += estimates.map { CallVisits(callid: $0.callid, visits: $0.visits, call: id) }
    }

    /// A call is named after its oldest channel.
    private func name(_ call: inout Call, _ legs: [LegView]) {
        var hashes: Set<Hash128> = []
        var names: [(hash: Hash128, epoch: Int64, name: String)] = []
        for leg in legs {
            guard let id = leg.linkedid ?? leg.uniqueid, legs.count == 1 || hashes.insert(id.hash).inserted else {
                continue
            }
            let name = leg.string(.linkedid) ?? leg.string(.uniqueid) ?? ""
            names.append((id.hash, id.parsed?.epoch ?? .max, name))
        }
        if names.count > 1 {
            // Within one second, the channel with the smaller counter is older.
            names.sort { ($0.epoch, $0.name.utf8.count, $0.name) < ($1.epoch, $1.name.utf8.count, $1.name) }
        }
        // A PBX that logs neither id still has calls: each leg is one.
        call.linkedid = names.first?.name ?? "call-\(call.id)"
        // Most linkedids are the uniqueid of a leg, which itself leads to the call.
        call.aliases = names.filter { name in !legs.contains { $0.uniqueid?.hash == name.hash } }.map(\.name)
    }

    private func queueVisits(_ legs: [LegView], _ page: CallLegs) -> [ChannelVisit] {
        var seen: Set<Hash128> = []
        var visits: [ChannelVisit] = []
        for leg in legs {
            if seen.insert(leg.key).inserted, let more = page.visits[leg.key] {
                visits += more.map { ChannelVisit(channel: leg.key, visit: $0) }
            }
        }
        return visits.sorted { ($0.visit.enteredAt, $0.visit.entry) < ($1.visit.enteredAt, $1.visit.entry) }
    }
}

@available(*, unavailable)
extension CallAssembler: Sendable {}
