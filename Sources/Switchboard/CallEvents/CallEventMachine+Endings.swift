public import Base
import CallRecords

// Calls that end, become part of others, or were in progress before anybody watched.
extension CallEventMachine {
    /// The last channel of a call has ended.
    mutating func finish(_ call: ActiveCalls.Call, _ time: Moment) {
        guard let track = tracks.removeValue(forKey: call.id) else { return }
        finish(call, track, time, outcome: Self.outcome(of: track))
    }

    private mutating func finish(
        _ call: ActiveCalls.Call,
        _ track: CallTrack,
        _ time: Moment,
        outcome: CallNotice.Outcome
    ) {
        var track = track
        if let since = track.talksSince { track.talk += max(.zero, time - since) }
        track.talksSince = nil
        let pops = track.pops
        track.pops = []
        close(pops, call, track, time, because: outcome == .lost || outcome == .missed ? .abandoned : .noAnswer)
        let tellsEnd: (inout CallNotice) -> Void = { $0.call.endedAt = time }
        if outcome == .lost { tell(.lost, call, track, time, tellsEnd) }
        if outcome == .missed { tell(.missed, call, track, time, tellsEnd) }
        tell(.ended, call, track, time) { notice in
            notice.call.endedAt = time
            (notice.outcome, notice.agent) = (outcome, track.talked.first)
        }
    }

    /// Calls out of the house that nobody answered are nobody's loss, and neither is a call that reached no phone and no
    /// queue.
    private static func outcome(of track: CallTrack) -> CallNotice.Outcome {
        if track.isAnswered { return .answered }
        if track.direction == .outbound { return .unanswered }
        return track.wasQueued ? .lost : track.hasRung ? .missed : .unanswered
    }

    /// A call became part of another one, such as a consultation by an attended transfer.
    mutating func merge(_ call: ActiveCalls.Call, into id: String, _ time: Moment) {
        guard var old = tracks.removeValue(forKey: call.id) else { return }
        if let since = old.talksSince { old.talk += max(.zero, time - since) }
        old.talksSince = nil
        if let target = calls.calls[id] {
            // A call that only changed its id goes on as it was.
            guard var track = tracks[id] else {
                tracks[id] = old
                for pop in old.pops { for phone in pop.phones { callOfPhone[phone] = id } }
                return tell(.ended, call, old, time) { Self.merged(&$0, into: id, time) }
            }
            track.absorb(old)
            track.basis = (0, "", "")
            track.direction = track.direction == .unknown ? reader.direction(of: target) : track.direction
            tracks[id] = track
            for pop in old.pops { for phone in pop.phones { callOfPhone[phone] = id } }
        }
        tell(.ended, call, old, time) { Self.merged(&$0, into: id, time) }
    }

    private static func merged(_ notice: inout CallNotice, into id: String, _ time: Moment) {
        notice.call.endedAt = time
        (notice.outcome, notice.mergedInto) = (.merged, id)
    }

    /// Starts over from complete lists of channels and queues, after a start or a time without events. Calls that are in
    /// progress are known from then on, without being told of again; those that have ended in the meantime are ended.
    public mutating func resume(
        channels: [ChannelSnapshot],
        queues: [QueueSnapshotItem] = [],
        at time: Moment
    ) -> [CallNotice] {
        notices = []
        let before = calls.calls
        calls.replace(with: channels, at: time)
        for (id, track) in tracks.sorted(by: { $0.key < $1.key }) where calls.calls[id] == nil {
            tracks[id] = nil
            guard let call = before[id] else { continue }
            finish(call, track, time, outcome: track.isAnswered ? .answered : .unknown)
        }
        for phone in callOfPhone.keys.sorted() where calls.callOfChannel[phone] == nil { stopsRinging(phone, time) }
        let present = calls.callOfChannel
        diallers = diallers.filter { present[$0.key] != nil }
        members = members.filter { present[$0.key] != nil }
        takers = takers.filter { present[$0.key] != nil }
        for call in calls.longestFirst where tracks[call.id] == nil { tracks[call.id] = known(call, time) }
        for case .caller(let caller) in queues {
            guard let id = calls.callOfChannel[caller.uniqueid] else { continue }
            calls.calls[id]?.queue = caller.queue
            tracks[id]?.wasQueued = true
            if tracks[id]?.waitsFrom == nil { tracks[id]?.waitsFrom = time - .seconds(caller.wait ?? 0) }
        }
        return notices
    }

    /// A call whose beginning was not seen. What it shows now has been told of before.
    private mutating func known(_ call: ActiveCalls.Call, _ time: Moment) -> CallTrack {
        var track = CallTrack(call)
        track.isIncomplete = true
        track.direction = reader.direction(of: call)
        track.basis = (call.channels.count, call.dialled, call.callerNumber)
        if !parties(of: call).isEmpty {
            (track.isAnswered, track.hasRung, track.hasUnseenTalk, track.talksSince) = (true, true, true, time)
        }
        for channel in call.channels where channel.state == .ringing && channel.localBase == nil {
            guard channel.uniqueid != track.caller else { continue }
            track.hasRung = true
            guard track.direction != .outbound, let agent = agent(of: channel.uniqueid) else { continue }
            track.noteRing(of: agent)
            track.rung.insert(channel.uniqueid)
            callOfPhone[channel.uniqueid] = call.id
            if let index = track.pops.firstIndex(where: { $0.agent.key == agent.key }) {
                track.pops[index].phones.insert(channel.uniqueid)
            } else {
                track.rings[agent.key] = 1
                let id = "\(call.id)/pop/\(agent.key)/1"
                track.pops.append(CallTrack.Pop(id: id, agent: agent, phones: [channel.uniqueid]))
            }
        }
        return track
    }
}
