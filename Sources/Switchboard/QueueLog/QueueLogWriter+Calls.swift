import Base

/// Callers who enter a queue, and members who answer them.
extension QueueLogWriter {
    mutating func caller(_ event: QueueCallerEvent, _ time: Moment) -> [String] {
        let facts = event.caller
        guard !facts.uniqueid.isEmpty else { return [] }
        let place = Place(who: facts.uniqueid, queue: facts.queue)
        switch event.kind {
        case .joined: return entered(facts, place, time)
        case .left:
            if visits[place] != nil, visits[place]?.agent == nil, visits[place]?.left == nil {
                visits[place]?.left = Left(at: time, position: facts.position ?? 1)
            }
            return []
        case .abandoned:
            guard visits[place] != nil else {
                let data =
                    [facts.position, facts.firstPosition].map { $0.map(String.init) ?? "" } + ["\(facts.wait ?? 0)"]
                return [Self.line(time, place.who, place.queue, nil, "ABANDON", data)]
            }
            // The first position of a caller found in a snapshot was unknown.
            if let first = facts.firstPosition { visits[place]?.position = first }
            visits[place]?.left = Left(at: time, position: facts.position ?? 1, wait: facts.wait)
            return []
        }
    }

    private mutating func entered(_ facts: QueueCallerFacts, _ place: Place, _ time: Moment) -> [String] {
        // A snapshot may have included the caller before the event was read.
        if let known = visits[place], known.left == nil, known.agent == nil,
            known.entryMayFollow || known.since.distance(to: time) <= .seconds(3)
        {
            visits[place]?.entryMayFollow = false
            return []
        }
        var lines: [String] = []
        // A caller who enters here has left every other queue without being answered there: a transfer or the queue
        // itself removed the caller.
        let left = visits.filter { $0.key.who == place.who && $0.value.left != nil && $0.value.agent == nil }.keys
        for other in left.sorted(by: { $0.queue < $1.queue }) {
            let isTakenOut = seesDialplan && visits[other]?.left?.wait != nil
            lines += exit(from: other, as: isTakenOut ? "ABANDON" : "EXITWITHTIMEOUT", at: time)
        }
        if let talking = visits[place], talking.agent != nil { earlier[place, default: []].append(talking) }
        let position = facts.position ?? 1
        let line = Self.line(time, place.who, place.queue, nil, "ENTERQUEUE", ["", facts.number, "\(position)"])
        visits[place] = Visit(position: position, since: time, lines: [line])
        return lines + [line]
    }

    mutating func call(_ event: QueueCallEvent, _ time: Moment) -> [String] {
        guard let place = event.caller.map({ Place(who: $0, queue: event.queue) }) ?? answered(event) else { return [] }
        func line(_ name: String, _ data: [String]) -> String {
            Self.line(time, place.who, place.queue, event.agent, name, data)
        }
        let hold = event.wait ?? 0
        switch event.kind {
        case .rings: rings(event, at: place, time)
        case .connected:
            let ring = event.ring.map(String.init) ?? ""
            let connect = line("CONNECT", ["\(hold)", event.phone ?? "", ring])
            visits[place]?.agent = event.agent ?? ""
            visits[place]?.hold = hold
            visits[place]?.left = nil
            visits[place]?.ringing = [:]
            visits[place]?.lines.append(connect)
            return [connect]
        case .completed(let reason):
            let position = finish(place, by: event.agent, hold: event.wait)?.position ?? 1
            let (name, data) = end(of: place.who, reason)
            return [line(name, data + ["\(hold)", event.talk.map(String.init) ?? "", "\(position)"])]
        case .dumped:
            visits[place] = nil
            return [line("AGENTDUMP", [])]
        case .ringNoAnswer:
            visits[place]?.ringing[event.phone ?? ""] = nil
            // Milliseconds here, seconds when connected; the queue_log does the same.
            return [line("RINGNOANSWER", ["\(event.ring ?? 0)"])]
        }
        return []
    }

    /// Removes the answered visit that has ended. If one caller made several to the same queue, it is the one with this
    /// agent and with the wait that the PBX reports.
    mutating func finish(_ place: Place, by agent: String?, hold: Int?) -> Visit? {
        let isMeant = { (visit: Visit) in
            visit.agent != nil && (agent == nil || visit.agent == agent)
                && (hold == nil || visit.hold == nil || visit.hold == hold)
        }
        if let index = earlier[place]?.firstIndex(where: isMeant) {
            let visit = earlier[place]?.remove(at: index)
            if earlier[place]?.isEmpty ?? false { earlier[place] = nil }
            return visit
        }
        // Without an earlier visit there is nothing to confuse it with: the connection event may have been missed.
        if let latest = visits[place], earlier[place] == nil || isMeant(latest) {
            visits[place] = nil
            return latest
        }
        return nil
    }

    private mutating func end(of caller: String, _ reason: QueueCallEvent.EndReason?) -> (name: String, data: [String])
    {
        let transfer = transfers.removeValue(forKey: caller)
        switch reason {
        case .caller: return ("COMPLETECALLER", [])
        case .transfer: return transfer ?? ("ATTENDEDTRANSFER", ["BRIDGE", ""])
        case .agent, nil: return ("COMPLETEAGENT", [])
        }
    }

    /// The visit that a completion without a caller ends. Asterisk omits the caller's fields if the caller's channel no
    /// longer exists (app_queue.c, `send_agent_complete`). An agent has one call of a queue at a time.
    private func answered(_ event: QueueCallEvent) -> Place? {
        guard case .completed = event.kind, let agent = event.agent else { return nil }
        let talking = visits.map { ($0.key, [$0.value]) } + earlier.map { ($0.key, $0.value) }
        let own = talking.flatMap { place, visits in visits.map { (place: place, visit: $0) } }
            .filter { $0.place.queue == event.queue && $0.visit.agent == agent }
        return own.max { $0.visit.since < $1.visit.since }?.place
    }
}
