import Base
import CallRecords

// Parties that talk.
extension CallEventMachine {
    /// A queue has connected a member.
    mutating func connected(_ id: String, _ agent: CallAgent, _ phone: String, _ time: Moment) {
        guard let track = tracks[id], !isMailbox(phone, track) else { return }
        if calls.callOfChannel[phone] != nil { tracks[id]?.connected.insert(phone) }
        answer(id, takers[phone] ?? agent, time)
        look(at: id, time)
    }

    /// A queue's member and caller have talked.
    mutating func completed(_ id: String, _ phone: String, _ time: Moment) {
        tracks[id]?.connected.remove(phone)
        look(at: id, time)
    }

    /// Finds out whether two parties of a call hear each other now, and who answered.
    mutating func look(at id: String, _ time: Moment) {
        guard let call = calls.calls[id], var track = tracks[id] else { return }
        let parties = parties(of: call)
        if parties.isEmpty, track.connected.isEmpty {
            if let since = track.talksSince { track.talk += max(.zero, time - since) }
            track.talksSince = nil
        } else if track.talksSince == nil {
            track.talksSince = time
        }
        let isAnswered = track.isAnswered
        let inside = parties.filter { $0 != track.caller || track.direction == .outbound }
            .compactMap { agent(of: $0) }
        let callees = parties.filter { $0 != track.caller }.compactMap { agent(of: $0) }
        for agent in inside where isAnswered { track.noteTalk(of: agent) }
        tracks[id] = track
        guard !parties.isEmpty else { return }
        if let agent = callees.first(where: { agent in track.pops.contains { $0.agent.key == agent.key } }) {
            answer(id, agent, time)
        } else if !isAnswered {
            answer(id, callees.first { agent in track.rang.contains { $0.key == agent.key } } ?? inside.first, time)
        }
    }

    /// A person has answered. Phones that still ring belong to those who were too late.
    mutating func answer(_ id: String, _ agent: CallAgent?, _ time: Moment) {
        guard var track = tracks[id] else { return }
        let isFirst = !track.isAnswered
        if isFirst { (track.isAnswered, track.answeredAt) = (true, time) }
        if track.talksSince == nil { track.talksSince = time }
        track.answering = nil
        if let agent { track.noteTalk(of: agent) }
        tracks[id] = track
        if isFirst { tell(.answered, id, time) { $0.agent = agent } }
        close(id, time, because: .answeredElsewhere, by: agent)
    }

    /// The uniqueids of the channels that hear another one: those that share a bridge, also through Local channels whose
    /// halves are in different bridges. Halves of Local channels are not parties.
    func parties(of call: ActiveCalls.Call) -> [String] {
        var bridges: [String: String] = [:]
        for channel in call.channels { bridges[channel.uniqueid] = calls.bridgeOfChannel[channel.uniqueid] }
        guard bridges.count > 1 else { return [] }
        var group: [String: String] = [:]
        func root(_ bridge: String) -> String {
            var bridge = bridge
            while let next = group[bridge] { bridge = next }
            return bridge
        }
        var halves: [String: String] = [:]
        for channel in call.channels {
            guard let base = channel.localBase, let bridge = bridges[channel.uniqueid] else { continue }
            if let other = halves[base] {
                let (left, right) = (root(other), root(bridge))
                if left != right { group[left] = right }
            }
            halves[base] = bridge
        }
        let real = call.channels.filter { $0.localBase == nil }.compactMap { channel in
            bridges[channel.uniqueid].map { (uniqueid: channel.uniqueid, place: root($0)) }
        }
        let counts = Dictionary(real.map { ($0.place, 1) }, uniquingKeysWith: +)
        return real.filter { counts[$0.place, default: 0] > 1 }.map(\.uniqueid)
    }
}
