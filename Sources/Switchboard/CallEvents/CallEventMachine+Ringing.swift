import Base
import CallRecords

// Phones that ring.
extension CallEventMachine {
    /// A phone rings. The phone of the party that began the call, as in a click to call, is nobody's to answer.
    mutating func rings(_ uniqueid: String, _ time: Moment) {
        guard let channel = channel(uniqueid), channel.localBase == nil, let id = calls.callOfChannel[uniqueid],
            let track = tracks[id], track.caller != uniqueid
        else { return }
        firstRing(id, time)
        if track.direction != .outbound, let agent = agent(of: uniqueid) { open(id, agent, uniqueid, time) }
    }

    /// What a queue reports about a member's phone.
    mutating func react(to event: QueueCallEvent, _ time: Moment) {
        let phones = [event.caller, event.phone].compactMap { $0.flatMap { calls.callOfChannel[$0] } }
        guard let id = phones.first, tracks[id] != nil else { return }
        tracks[id]?.wasQueued = true
        let agent = CallAgent(
            name: event.memberName,
            extension: event.interface.flatMap { reader.member(ofInterface: $0) }
        )
        guard !agent.key.isEmpty else { return }
        let phone = event.phone ?? ""
        if !phone.isEmpty, calls.callOfChannel[phone] != nil { members[phone] = agent }
        switch event.kind {
        case .rings:
            firstRing(id, time)
            open(id, agent, phone, time)
        case .connected: connected(id, agent, phone, time)
        case .completed: completed(id, phone, time)
        case .ringNoAnswer: close(id, time, where: { $0.agent.key == agent.key }, because: .noAnswer)
        case .dumped: break
        }
    }

    private mutating func firstRing(_ id: String, _ time: Moment) {
        guard tracks[id]?.hasRung == false else { return }
        tracks[id]?.hasRung = true
        tell(.ringing, id, time)
    }

    /// An agent's phone rings; several phones of one agent are one pop.
    private mutating func open(_ id: String, _ agent: CallAgent, _ phone: String, _ time: Moment) {
        guard var track = tracks[id] else { return }
        let known = track.pops.firstIndex { $0.agent.key == agent.key }
        // Once its pop is closed, a late change of a channel opens no other.
        guard known != nil || phone.isEmpty || !track.rung.contains(phone) else { return }
        if !phone.isEmpty {
            track.rung.insert(phone)
            callOfPhone[phone] = id
        }
        track.noteRing(of: agent)
        if let known {
            if !phone.isEmpty { track.pops[known].phones.insert(phone) }
            if track.pops[known].agent.name == nil { track.pops[known].agent.name = agent.name }
            tracks[id] = track
            return
        }
        let number = track.rings[agent.key, default: 0] + 1
        track.rings[agent.key] = number
        let pop = CallTrack.Pop(
            id: "\(id)/pop/\(agent.key)/\(number)",
            agent: agent,
            phones: phone.isEmpty ? [] : [phone]
        )
        track.pops.append(pop)
        tracks[id] = track
        tell(.popOpen, id, time) { ($0.id, $0.pop, $0.agent) = (pop.id + "/open", pop.id, agent) }
    }

    /// A phone was picked up. Whether its agent talks to the caller is known when both are connected, but the other phones
    /// stop ringing before.
    mutating func picksUp(_ phone: String?) {
        guard let phone, let id = callOfPhone[phone], let track = tracks[id], !isMailbox(phone, track),
            let pop = track.pops.first(where: { $0.phones.contains(phone) })
        else { return }
        tracks[id]?.answering = takers[phone] ?? pop.agent
    }

    /// Whether a member's Local channel leads to a mailbox.
    func isMailbox(_ phone: String, _ track: CallTrack) -> Bool {
        track.mailboxes.contains(phone) || otherHalf(of: phone).map(track.mailboxes.contains) ?? false
    }

    /// Somebody takes the call that rings at another phone.
    mutating func taken(_ pickup: Pickup, _ time: Moment) {
        guard let target = pickup.target, let taker = pickup.taker.flatMap({ channel($0) }) else { return }
        let agent = reader.phone(ofChannel: taker.name).map { CallAgent(extension: $0) }
        // The channel that rang may be the one that goes on, under the other's name.
        if let agent, calls.callOfChannel[target] != nil { takers[target] = agent }
        take(from: [target], by: taker.uniqueid, agent, time)
    }

    /// The same as shown by dialling: the dialled phones are replaced by a channel that is up already.
    mutating func taken(by taker: ChannelSnapshot, from caller: String, _ time: Moment) {
        let agent = reader.phone(ofChannel: taker.name).map { CallAgent(extension: $0) }
        take(from: Set(callOfPhone.keys.filter { diallers[$0] == caller }), by: taker.uniqueid, agent, time)
    }

    private mutating func take(from phones: Set<String>, by taker: String, _ agent: CallAgent?, _ time: Moment) {
        if let agent { takers[taker] = agent }
        for id in Set(phones.compactMap { callOfPhone[$0] }).sorted() {
            tracks[id]?.answering = agent
            close(id, time, where: { !$0.phones.isDisjoint(with: phones) }, because: .answeredElsewhere, by: agent)
        }
    }

    /// A phone stops ringing because its channel ends.
    mutating func stopsRinging(_ phone: String, _ time: Moment) {
        guard let id = callOfPhone.removeValue(forKey: phone), var track = tracks[id],
            let index = track.pops.firstIndex(where: { $0.phones.contains(phone) })
        else { return }
        track.pops[index].phones.remove(phone)
        tracks[id] = track
        let pop = track.pops[index]
        guard pop.phones.isEmpty else { return }
        if let answering = track.answering, answering.key != pop.agent.key {
            close(id, time, where: { $0.id == pop.id }, because: .answeredElsewhere, by: answering)
        } else {
            tracks[id]?.answering = nil
            let isAbandoned = track.cancelled.contains(phone) || hasLostCaller(id)
            close(id, time, where: { $0.id == pop.id }, because: isAbandoned ? .abandoned : .noAnswer)
        }
    }

    /// Whether the caller is leaving or has left a call that nobody answered.
    private func hasLostCaller(_ id: String) -> Bool {
        guard let track = tracks[id], !track.isAnswered else { return false }
        return track.callerLeaves || calls.callOfChannel[track.caller] == nil
    }

    /// Closes pops of a call that is in progress.
    mutating func close(
        _ id: String,
        _ time: Moment,
        where isMeant: (CallTrack.Pop) -> Bool = { _ in true },
        because reason: CallNotice.Closing,
        by answerer: CallAgent? = nil
    ) {
        guard let call = calls.calls[id], var track = tracks[id] else { return }
        let closed = track.pops.filter(isMeant)
        guard !closed.isEmpty else { return }
        track.pops.removeAll(where: isMeant)
        tracks[id] = track
        close(closed, call, track, time, because: reason, by: answerer)
    }

    /// Closes pops of a call with its last state.
    mutating func close(
        _ pops: [CallTrack.Pop],
        _ call: ActiveCalls.Call,
        _ track: CallTrack,
        _ time: Moment,
        because reason: CallNotice.Closing,
        by answerer: CallAgent? = nil
    ) {
        for pop in pops {
            for phone in pop.phones { callOfPhone[phone] = nil }
            tell(.popClose, call, track, time) { notice in
                (notice.id, notice.pop, notice.agent) = (pop.id + "/close", pop.id, pop.agent)
                let isOwn = reason == .answeredElsewhere && answerer?.key == pop.agent.key
                (notice.closing, notice.answeredBy) = (isOwn ? .answered : reason, answerer)
            }
        }
    }
}
