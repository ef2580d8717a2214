public import CallRecords

/// Makes one call of its legs. The rules are told for people in docs/calls.md.
public struct CallAssembler {
    let policy: CallPolicy
    let numbers: NumberNormaliser

    public init(policy: CallPolicy, numbers: NumberNormaliser) {
        self.policy = policy
        self.numbers = numbers
    }

    /// The calls of some legs, in their order.
    public func assemble(_ page: CallLegs) -> [Call] {
        let headers = page.legs.headers
        return page.legs.texts.withUnsafeTexts { texts in
            page.calls.map { call in
                let legs = page.order[call.legs].map {
                    LegView(texts: texts, index: $0, header: headers[$0], times: page.times[$0])
                }
                return assemble(call.id, legs, page)
            }
        }
    }

    private func assemble(_ id: Int64, _ legs: [LegView], _ page: CallLegs) -> Call {
        let roles = LegRoles(legs, policy: policy)
        var call = Call(id: id, linkedid: "")
        name(&call, legs)
        call.legs = Int16(clamping: legs.count)

        let origin = roles.origin
        let parties = CallParties(origin, roles: roles, policy: policy, numbers: numbers)
        call.direction = parties.direction
        call.customer = parties.customer
        call.customerNumber = parties.customerNumber
        call.did = parties.did
        call.startedAt = roles.primary.lazy.map(\.times.start).min() ?? origin.times.start
        call.endedAt = roles.primary.lazy.map(\.times.end).max() ?? origin.times.end

        let visits = page.visits.isEmpty ? [] : queueVisits(legs, page)
        CallOutcome(roles, visits: visits, numbers: numbers).write(to: &call)
        if call.direction != .inbound || call.extension == nil {
            call.extension = parties.insideParty ?? call.extension
        }
        call.recordingfile = legs.lazy.compactMap { $0.string(.recordingfile) }.first
        return call
    }

    /// The call is named after its oldest channel.
    private func name(_ call: inout Call, _ legs: [LegView]) {
        if let first = legs.first, legs.count == 1 || legs.allSatisfy({ $0[.linkedid].elementsEqual(first[.linkedid]) }) {
            let name = first.string(.linkedid) ?? first.string(.uniqueid)
            if first[.linkedid].isEmpty == false || legs.count == 1 {
                call.linkedid = name ?? "call-\(call.id)"
                let isLeg = legs.contains { $0[.uniqueid].elementsEqual(first[.linkedid]) }
                if let name, !isLeg, !first[.linkedid].isEmpty { call.aliases = [name] }
                return
            }
        }
        var names: Set<String> = []
        for leg in legs {
            if let name = leg.string(.linkedid) ?? leg.string(.uniqueid) { names.insert(name) }
        }
        let sorted = names.map { (epoch: UniqueID($0)?.epoch ?? .max, name: $0) }
            .sorted { ($0.epoch, $0.name.utf8.count, $0.name) < ($1.epoch, $1.name.utf8.count, $1.name) }
        // A PBX that logs neither id still has calls; each leg is one.
        call.linkedid = sorted.first?.name ?? "call-\(call.id)"
        let uniqueids = Set(legs.compactMap { $0.string(.uniqueid) })
        call.aliases = sorted.map(\.name).filter { !uniqueids.contains($0) }
    }

    private func queueVisits(_ legs: [LegView], _ page: CallLegs) -> [QueueVisit] {
        var seen: Set<Hash128> = []
        var visits: [QueueVisit] = []
        for leg in legs {
            let key = Hash128(leg[.uniqueid])
            if seen.insert(key).inserted, let more = page.visits[key] { visits += more }
        }
        return visits.sorted { ($0.enteredAt, $0.entry) < ($1.enteredAt, $1.entry) }
    }
}

@available(*, unavailable)
extension CallAssembler: Sendable {}

/// One leg where it lies.
struct LegView {
    let texts: UnsafeTexts
    let index: Int
    let header: CDRHeader
    let times: LegTimes

    subscript(field: CDRField) -> UnsafeBufferPointer<UInt8> { texts[index, field] }

    func string(_ field: CDRField) -> String? {
        self[field].isEmpty ? nil : String(decoding: self[field], as: UTF8.self)
    }

    func has(_ field: CDRField, _ word: StaticString) -> Bool {
        word.withUTF8Buffer { $0.count == self[field].count && $0.elementsEqual(self[field]) }
    }

    /// Whether a second party was tried.
    var hasParty: Bool { !self[.dstchannel].isEmpty }
    var isAnswered: Bool { has(.disposition, "ANSWERED") }
    var isQueue: Bool { has(.lastapp, "Queue") }
    /// The other party was spoken to, as far as this leg tells.
    var isConversation: Bool { hasParty && isAnswered }
    /// Seconds of talk by the leg's own lengths.
    var answer: Int64 { times.answer ?? times.end - Int64(header.billsec) }
}

@available(*, unavailable)
extension LegView: Sendable {}

extension LegView {
    /// The first argument of `Queue(support,t,,,40)`.
    var queueName: String? {
        guard isQueue, let data = string(.lastdata) else { return nil }
        let name = data.prefix { $0 != "," && $0 != "|" }
        return name.isEmpty ? nil : String(name)
    }
}
