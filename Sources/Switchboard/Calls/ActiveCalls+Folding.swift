import Base
import CallRecords

// How channels become one call.
extension ActiveCalls {
    /// Takes a channel in its current state.
    @discardableResult
    mutating func put(_ channel: ChannelSnapshot, at time: Moment) -> [Change] {
        var channel = channel
        var before: ChannelSnapshot?
        var changes: [Change] = []
        let known = callOfChannel[channel.uniqueid]
        let linked = merged[channel.linkedid] ?? channel.linkedid
        let id = linked.isEmpty ? known ?? channel.uniqueid : linked
        if let known, let index = calls[known]?.channels.firstIndex(where: { $0.uniqueid == channel.uniqueid }) {
            before = calls[known]?.channels[index]
            if known != id { changes += move(index, from: known, to: id) }
        }
        if let before { channel.complete(with: before) }
        var call = calls[id] ?? Call(id: id, startedAt: time)
        if let index = call.channels.firstIndex(where: { $0.uniqueid == channel.uniqueid }) {
            call.channels[index] = channel
        } else {
            call.channels.append(channel)
        }
        if call.firstChannel.isEmpty { call.firstChannel = channel.name }
        call.noteDialled(channel.name)
        if call.callerNumber.isEmpty { call.callerNumber = channel.callerNumber }
        if call.callerName.isEmpty { call.callerName = channel.callerName }
        if call.dialled.isEmpty, channel.exten != "s" { call.dialled = channel.exten }
        calls[id] = call
        callOfChannel[channel.uniqueid] = id
        return changes + [Change(call: call)]
    }

    /// Moves one channel to another call; a call that loses its last channel has ended.
    private mutating func move(_ index: Int, from old: String, to new: String) -> [Change] {
        guard var source = calls[old] else { return [] }
        let channel = source.channels.remove(at: index)
        var target = calls[new] ?? Call(id: new, startedAt: source.startedAt)
        target.channels.append(channel)
        target.absorb(source)
        calls[new] = target
        callOfChannel[channel.uniqueid] = new
        guard source.channels.isEmpty else {
            calls[old] = source
            return []
        }
        calls[old] = nil
        rename(old, to: new)
        return [Change(call: source, end: .mergedInto(new))]
    }

    /// Merges a whole call into another one.
    private mutating func merge(_ old: String, into new: String) -> [Change] {
        guard old != new, var source = calls.removeValue(forKey: old), calls[new] != nil else { return [] }
        for channel in source.channels { callOfChannel[channel.uniqueid] = new }
        calls[new]?.channels += source.channels
        calls[new]?.absorb(source)
        rename(old, to: new)
        source.channels = []
        return [Change(call: source, end: .mergedInto(new))]
    }

    /// Later events may still use the old id.
    private mutating func rename(_ old: String, to new: String) {
        for (alias, target) in merged where target == old { merged[alias] = new }
        merged[old] = new
        merged[new] = nil
    }

    /// Calls whose channels are in the same bridge are one call, under the older id, as in Asterisk (main/channel.c,
    /// `ast_channel_oldest_linkedid`). The linkedids of the channels follow later.
    mutating func joinBridge(_ bridge: String) -> [Change] {
        let ids = Set(occupants[bridge, default: []].compactMap { callOfChannel[$0] })
        guard ids.count > 1, let oldest = ids.min(by: isOlder) else { return [] }
        return ids.sorted().filter { $0 != oldest }.flatMap { merge($0, into: oldest) }
    }

    private func isOlder(_ left: String, _ right: String) -> Bool {
        let seen = { (id: String) in calls[id]?.startedAt ?? .distantPast }
        let start = { (id: String) in UniqueID(id).map { Moment(seconds: $0.epoch) } ?? seen(id) }
        return (start(left), seen(left), left) < (start(right), seen(right), right)
    }

    mutating func enter(_ bridge: String, _ uniqueid: String) {
        guard !bridge.isEmpty else { return }
        occupants[bridge, default: []].insert(uniqueid)
        bridgeOfChannel[uniqueid] = bridge
    }

    mutating func leaveBridge(_ uniqueid: String) {
        guard let bridge = bridgeOfChannel.removeValue(forKey: uniqueid) else { return }
        occupants[bridge]?.remove(uniqueid)
        if occupants[bridge]?.isEmpty ?? false { occupants[bridge] = nil }
    }

    /// Asterisk 11 reports no linkedid: a channel that is dialled by or bridged with another belongs to its call, and a
    /// bridge has the uniqueid of its first channel.
    ///
    /// - Returns: The call that ended, and the call that now has both channels; empty if nothing changed.
    @discardableResult
    mutating func joinWithoutLinkedid(_ second: String?, to first: String?) -> [Change] {
        guard let first, let second, let id = callOfChannel[first], let old = callOfChannel[second], id != old,
            let channels = calls[old]?.channels, channels.allSatisfy({ $0.linkedid.isEmpty })
        else { return [] }
        return merge(old, into: id) + on(id)
    }
}

extension ChannelSnapshot {
    /// Takes from an earlier state what this one lacks.
    fileprivate mutating func complete(with before: ChannelSnapshot) {
        if name.isEmpty { name = before.name }
        if linkedid.isEmpty { linkedid = before.linkedid }
        if bridgeID.isEmpty { bridgeID = before.bridgeID }
        if state == nil { state = before.state }
        if application.isEmpty {
            application = before.application
            applicationData = before.applicationData
        }
    }

    /// Whether it waits in a place where nobody hears anybody, judging by its application.
    var isHeld: Bool { ["Park", "ParkedCall", "BridgeWait", "AgentLogin"].contains(application) }

    /// Asterisk 11 names the other channel instead of a bridge; both channels then get the uniqueid of the first as
    /// their bridge.
    public static func paired(_ channels: [ChannelSnapshot]) -> [ChannelSnapshot] {
        let places = Dictionary(zip(channels.map(\.name), channels.indices)) { first, _ in first }
        return channels.indices.map { index in
            var channel = channels[index]
            if let other = places[channel.bridgeID] { channel.bridgeID = channels[min(index, other)].uniqueid }
            return channel
        }
    }
}
