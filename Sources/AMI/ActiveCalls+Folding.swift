// How channels come to be one call.
extension ActiveCalls {
    /// Takes a channel as it is now.
    @discardableResult
    mutating func put(_ channel: ChannelSnapshot, at time: Double) -> Call? {
        var channel = channel
        var before: ChannelSnapshot?
        let known = callOfChannel[channel.uniqueid]
        // A bridge of two calls makes them one: later events of their channels have the same linkedid.
        let id = channel.linkedid.isEmpty ? known ?? channel.uniqueid : channel.linkedid
        if let known, let index = calls[known]?.channels.firstIndex(where: { $0.uniqueid == channel.uniqueid }) {
            before = calls[known]?.channels[index]
            if known != id { move(index, from: known, to: id) }
        }
        if channel.bridgeID.isEmpty, let before { channel.bridgeID = before.bridgeID }
        if channel.state == nil { channel.state = before?.state }
        if channel.application.isEmpty, let before {
            channel.application = before.application
            channel.applicationData = before.applicationData
        }
        var call = calls[id] ?? Call(id: id, startedAt: time)
        if let index = call.channels.firstIndex(where: { $0.uniqueid == channel.uniqueid }) {
            call.channels[index] = channel
        } else {
            call.channels.append(channel)
        }
        if call.callerNumber.isEmpty { call.callerNumber = channel.callerNumber }
        if call.callerName.isEmpty { call.callerName = channel.callerName }
        if call.dialled.isEmpty, channel.exten != "s" { call.dialled = channel.exten }
        calls[id] = call
        callOfChannel[channel.uniqueid] = id
        return call
    }

    private mutating func move(_ index: Int, from old: String, to new: String) {
        guard var source = calls[old] else { return }
        let channel = source.channels.remove(at: index)
        var target = calls[new] ?? Call(id: new, startedAt: source.startedAt)
        target.channels.append(channel)
        target.startedAt = min(target.startedAt, source.startedAt)
        if target.queue.isEmpty { target.queue = source.queue }
        if target.agent.isEmpty { target.agent = source.agent }
        if target.callerNumber.isEmpty { target.callerNumber = source.callerNumber }
        if target.callerName.isEmpty { target.callerName = source.callerName }
        if target.dialled.isEmpty { target.dialled = source.dialled }
        for variable in source.variables where !target.variables.contains(where: { $0.name == variable.name }) {
            target.variables.append(variable)
        }
        calls[new] = target
        calls[old] = source.channels.isEmpty ? nil : source
    }

    /// Asterisk 11 tells no linkedid: whom a channel dials, or is bridged with, belongs to its call, and a bridge has the
    /// uniqueid of its first channel.
    ///
    /// - Returns: The call of both, if it changed.
    @discardableResult
    mutating func join(_ second: String?, to first: String?) -> Call? {
        guard let first, let second, let id = callOfChannel[first], let old = callOfChannel[second], id != old,
            let channels = calls[old]?.channels, channels.allSatisfy({ $0.linkedid.isEmpty })
        else { return nil }
        for channel in channels {
            move(0, from: old, to: id)
            callOfChannel[channel.uniqueid] = id
        }
        return calls[id]
    }
}

extension ChannelSnapshot {
    /// Asterisk 11 names the other channel in place of a bridge; both channels then get the uniqueid of the first as bridge.
    public static func paired(_ channels: [ChannelSnapshot]) -> [ChannelSnapshot] {
        let places = Dictionary(zip(channels.map(\.name), channels.indices)) { first, _ in first }
        return channels.indices.map { index in
            var channel = channels[index]
            if let other = places[channel.bridgeID] { channel.bridgeID = channels[min(index, other)].uniqueid }
            return channel
        }
    }
}
