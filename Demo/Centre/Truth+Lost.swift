import Base

/// A visit or call that nobody answered.
private struct Loss {
    let call: Call
    let queue: String?
    let outcome: String
    let lostAt: Int
    let wait: Int
}

/// A moment at which somebody inside spoke to somebody outside.
private struct Contacted {
    let at: Int
    let by: String
    let status: String
}

extension Centre {
    private var losses: [Loss] {
        let inQueues = visits.filter { $0.outcome != .answered }.map { visit in
            Loss(
                call: calls[visit.call],
                queue: visit.queue.name,
                outcome: visit.isShort ? "abandoned_short" : visit.outcome.rawValue,
                lostAt: visit.left,
                wait: visit.wait
            )
        }
        let visited = Set(visits.map(\.call))
        let direct = calls.filter {
            $0.direction == .inbound && $0.disposition != .answered && !visited.contains($0.number)
        }
        .map { call in
            Loss(
                call: call,
                queue: nil,
                outcome: call.disposition.rawValue,
                lostAt: call.end,
                wait: call.end - call.begin
            )
        }
        return (inQueues + direct).sorted { ($0.lostAt, $0.call.number) < ($1.lostAt, $1.call.number) }
    }

    /// One row for each visit or call that was lost.
    func lostRows() -> [JSON] {
        let losses = losses
        var attempts: [Int: Set<Int>] = [:]
        for loss in losses {
            if let person = loss.call.person { attempts[person.number, default: []].insert(loss.call.number) }
        }
        let (callsOf, visitsOf) = (callsByPerson, visitsByPerson)
        return losses.map { loss in
            let person = loss.call.person
            let calls = person.flatMap { callsOf[$0.number] } ?? []
            let spoken = contacted(calls, person.flatMap { visitsOf[$0.number] } ?? [], after: loss)
            func text(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
            return .object([
                ("lost_at", .string(BerlinClock.iso8601(loss.lostAt))), ("timezone", .string(BerlinClock.zone)),
                ("queue", text(loss.queue)), ("outcome", .string(loss.outcome)), ("wait_s", .integer(loss.wait)),
                ("caller", text(person == nil ? nil : loss.call.caller)), ("caller_e164", text(person?.e164)),
                ("contact_kind", text(person?.contact?.kind)), ("contact_id", text(person?.contact?.id)),
                ("contact_name", text(person?.contact?.name)), ("owner", text(person?.contact?.owner)),
                ("attempts", .integer(person.map { attempts[$0.number]?.count ?? 0 } ?? 1)),
                ("called_back_at", text(spoken.map { BerlinClock.iso8601($0.at) })),
                ("called_back_by", text(spoken?.by)),
                ("callback_delay_s", spoken.map { .integer($0.at - loss.lostAt) } ?? .null),
                ("status", .string(status(loss, spoken, calls))), ("pbx", "main"),
                ("linkedid", .string(loss.call.channel.uniqueid)),
            ])
        }
    }

    /// One row for each caller who was lost and can be called back. Those who hung up at once were not lost.
    func lostCallerRows() -> [JSON] {
        let (callsOf, visitsOf) = (callsByPerson, visitsByPerson)
        let real = losses.filter { $0.outcome != "abandoned_short" && $0.call.person != nil }
        return Dictionary(grouping: real) { $0.call.person?.number ?? 0 }.sorted { $0.key < $1.key }.compactMap {
            number,
            losses in
            let (calls, visits) = (callsOf[number] ?? [], visitsOf[number] ?? [])
            guard let last = losses.last, let person = last.call.person else { return nil }
            let spoken = contacted(calls, visits, after: last)
            let first = losses.first { contacted(calls, visits, after: $0) == nil }
            func text(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
            return .object([
                ("status", .string(spoken == nil ? status(last, nil, calls) : "reached")),
                ("caller", .string(last.call.caller)), ("caller_e164", .string(person.e164)),
                ("contact_kind", text(person.contact?.kind)), ("contact_id", text(person.contact?.id)),
                ("contact_name", text(person.contact?.name)), ("owner", text(person.contact?.owner)),
                ("queue", text(last.queue)), ("tries", .integer(losses.count)),
                ("lost_at", .string(BerlinClock.iso8601((first ?? last).lostAt))),
                ("last_lost_at", .string(BerlinClock.iso8601(last.lostAt))), ("called_back_by", text(spoken?.by)),
                ("called_back_at", text(spoken.map { BerlinClock.iso8601($0.at) })), ("claimed_by", .null),
                ("note", .null),
                ("timezone", .string(BerlinClock.zone)), ("pbx", "main"),
                ("linkedid", .string(last.call.channel.uniqueid)),
            ])
        }
    }

    private var callsByPerson: [Int: [Call]] {
        Dictionary(grouping: calls.filter { $0.person != nil }) { $0.person?.number ?? 0 }
    }

    private var visitsByPerson: [Int: [Visit]] {
        Dictionary(grouping: visits.filter { calls[$0.call].person != nil }) { calls[$0.call].person?.number ?? 0 }
    }

    /// When somebody first spoke to the caller after the loss: an agent called and reached them, or they called again.
    private func contacted(_ calls: [Call], _ visits: [Visit], after loss: Loss) -> Contacted? {
        let direct = calls.compactMap { call -> Contacted? in
            guard call.disposition == .answered, call.begin >= loss.lostAt, !call.exten.isEmpty,
                let answered = call.answered
            else { return nil }
            return call.direction == .outbound
                ? Contacted(at: call.begin, by: call.exten, status: "called_back")
                : Contacted(at: answered, by: call.exten, status: "got_through")
        }
        let inQueues = visits.compactMap { visit -> Contacted? in
            guard visit.left >= loss.lostAt, let agent = visit.agent else { return nil }
            return Contacted(at: visit.left, by: agent.name, status: "got_through")
        }
        return (direct + inQueues).min { $0.at < $1.at }
    }

    private func status(_ loss: Loss, _ spoken: Contacted?, _ calls: [Call]) -> String {
        if let spoken { return spoken.status }
        if loss.call.person == nil { return "no_number" }
        return calls.contains { $0.direction == .outbound && $0.begin >= loss.lostAt } ? "attempted" : "open"
    }
}
