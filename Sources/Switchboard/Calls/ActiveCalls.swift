public import Base

/// Folds channel events into calls. All channels that share a linkedid are one call, calls whose channels meet in a
/// bridge become one call, and the two halves of a Local channel are one leg.
///
/// Feed it events in order. Events may arrive before or after those that they logically follow (a queue's call may be
/// complete before its channels leave their bridge), so every event only adds what it says. A call ends when its last
/// channel hangs up, or when it becomes part of another call.
public struct ActiveCalls: Sendable {
    /// What an event did to one call.
    public struct Change: Sendable {
        /// How a call ended.
        public enum End: Sendable, Equatable {
            /// Its last channel hung up.
            case hungUp
            /// Its channels now belong to the call with this id.
            case mergedInto(String)
        }

        /// The call after the event; if it ended, its last state.
        public var call: Call
        /// How it ended; nil while it continues.
        public var end: End?
    }

    /// Calls by their id.
    public internal(set) var calls: [String: Call] = [:]
    /// The call of each channel. Contains every channel of every call, and no others.
    var callOfChannel: [String: String] = [:]
    /// The ids of merged calls that events may still use, and the id of the call that each became part of.
    var merged: [String: String] = [:]
    /// The channels in each bridge whose members hear each other.
    var occupants: [String: Set<String>] = [:]
    /// The bridge in ``occupants`` that each channel is in.
    var bridgeOfChannel: [String: String] = [:]
    private let variablesPerCall: Int

    /// No calls.
    ///
    /// - Parameter variablesPerCall: The most variables kept for one call; a dialplan may set thousands.
    public init(variablesPerCall: Int = 256) {
        self.variablesPerCall = variablesPerCall
    }

    /// The calls, longest first.
    public var longestFirst: [Call] {
        calls.values.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
    }

    /// Starts over from a complete list of channels, taken at `now`. What events reported about a call that still
    /// exists (queue, agent, variables) is kept.
    public mutating func replace(with channels: [ChannelSnapshot], at now: Moment) {
        let before = calls
        (calls, callOfChannel, merged) = ([:], [:], [:])
        (occupants, bridgeOfChannel) = ([:], [:])
        let oldestFirst = channels.sorted { ($0.seconds ?? 0, $1.uniqueid) > ($1.seconds ?? 0, $0.uniqueid) }
        for channel in ChannelSnapshot.paired(oldestFirst) {
            put(channel, at: now - .seconds(channel.seconds ?? 0))
            joinWithoutLinkedid(channel.uniqueid, to: channel.bridgeID)
            if !channel.isHeld { enter(channel.bridgeID, channel.uniqueid) }
        }
        for (id, old) in before where calls[id] != nil {
            calls[id]?.queue = old.queue
            calls[id]?.waitsSince = old.waitsSince
            calls[id]?.agent = old.agent
            calls[id]?.variables = old.variables
            calls[id]?.bridgedAt = old.bridgedAt
            calls[id]?.dialled = old.dialled
        }
    }

    /// Takes an event that happened at `time`.
    ///
    /// - Returns: The calls that the event changed or ended, ended ones first; empty if there are none.
    @discardableResult
    public mutating func apply(_ event: PBXEvent, at time: Moment) -> [Change] {
        switch event {
        case .channel(let event): channel(event, time)
        case .dial(let event): dialled(event)
        case .bridge(let event): bridged(event, time)
        case .parking(let event): parked(event)
        case .queueCaller(let event): queued(event, time)
        case .queueCall(let event): queued(event)
        case .transfer, .queueMember, .originate, .device, .media, .system, .other: []
        }
    }

    private mutating func channel(_ event: ChannelEvent, _ time: Moment) -> [Change] {
        switch event {
        case .created(let channel): updated(channel, isNew: true, time)
        case .changed(let channel), .runs(let channel): updated(channel, isNew: false, time)
        case .renamed(let uniqueid, let name): rename(uniqueid, name)
        case .variableSet(let setting): variable(setting)
        case .localPair(let first, let second): joinWithoutLinkedid(second, to: first)
        case .hungUp(let end): hungUp(end.uniqueid)
        case .spyBegan, .hangupRequested: []
        }
    }
}

// What each kind of event changes.
extension ActiveCalls {
    private mutating func updated(_ channel: ChannelSnapshot, isNew: Bool, _ time: Moment) -> [Change] {
        // A change may still arrive for a channel whose end was seen; only a creation event adds a channel.
        guard !channel.uniqueid.isEmpty, isNew || callOfChannel[channel.uniqueid] != nil else { return [] }
        return put(channel, at: time)
    }

    private mutating func dialled(_ event: DialEvent) -> [Change] {
        let (dial, result): (Dial, DialResult?) =
            switch event {
            case .began(let dial): (dial, nil)
            case .ended(let dial, let result): (dial, result)
            }
        let ended = joinWithoutLinkedid(dial.called, to: dial.caller).filter { $0.end != nil }
        let ids = [dial.called, dial.caller].compactMap { $0.flatMap { callOfChannel[$0] } }
        guard let id = ids.first else { return ended }
        if let result { calls[id]?.dialStatus = result.description }
        return ended + on(id)
    }

    private mutating func bridged(_ event: BridgeEvent, _ time: Moment) -> [Change] {
        let (move, enters): (BridgeMove, Bool) =
            switch event {
            case .entered(let move): (move, true)
            case .left(let move): (move, false)
            }
        let uniqueid = move.channel.uniqueid
        guard callOfChannel[uniqueid] != nil else { return [] }
        var channel = move.channel
        channel.bridgeID = enters ? move.bridge : ""
        var changes = put(channel, at: time).filter { $0.end != nil }
        leaveBridge(uniqueid)
        if enters {
            changes += joinWithoutLinkedid(uniqueid, to: move.bridge).filter { $0.end != nil }
            if !move.isHolding {
                enter(move.bridge, uniqueid)
                changes += joinBridge(move.bridge)
            }
        }
        guard let id = callOfChannel[uniqueid] else { return changes }
        if let index = calls[id]?.channels.firstIndex(where: { $0.uniqueid == uniqueid }) {
            calls[id]?.channels[index].bridgeID = channel.bridgeID
        }
        if enters, calls[id]?.bridgedAt == nil, calls[id]?.stage == .talking { calls[id]?.bridgedAt = time }
        return changes + on(id)
    }

    private mutating func variable(_ setting: VariableSetting) -> [Change] {
        guard let id = setting.uniqueid.flatMap({ callOfChannel[$0] }) else { return [] }
        if let index = calls[id]?.variables.firstIndex(where: { $0.name == setting.variable.name }) {
            calls[id]?.variables[index] = setting.variable
        } else if let count = calls[id]?.variables.count, count < variablesPerCall {
            calls[id]?.variables.append(setting.variable)
        }
        return on(id)
    }

    private mutating func queued(_ event: QueueCallerEvent, _ time: Moment) -> [Change] {
        guard let id = callOfChannel[event.caller.uniqueid] else { return [] }
        calls[id]?.queue = event.caller.queue
        calls[id]?.waitsSince = event.kind == .joined ? time : nil
        return on(id)
    }

    private mutating func queued(_ event: QueueCallEvent) -> [Change] {
        guard let id = event.caller.flatMap({ callOfChannel[$0] }) else { return [] }
        switch event.kind {
        case .rings, .ringNoAnswer: return []
        case .connected: calls[id]?.agent = event.agent ?? ""
        case .completed, .dumped: break
        }
        calls[id]?.queue = event.queue
        calls[id]?.waitsSince = nil
        return on(id)
    }

    private mutating func parked(_ event: ParkingEvent) -> [Change] {
        guard let id = callOfChannel[event.parkee] else { return [] }
        calls[id]?.parkingSpace = event.kind == .parked ? event.space : ""
        return on(id)
    }

    private mutating func rename(_ uniqueid: String, _ name: String) -> [Change] {
        guard let id = callOfChannel[uniqueid],
            let index = calls[id]?.channels.firstIndex(where: { $0.uniqueid == uniqueid })
        else { return [] }
        calls[id]?.channels[index].name = name
        return on(id)
    }

    private mutating func hungUp(_ uniqueid: String) -> [Change] {
        guard let id = callOfChannel.removeValue(forKey: uniqueid) else { return [] }
        leaveBridge(uniqueid)
        calls[id]?.channels.removeAll { $0.uniqueid == uniqueid }
        guard calls[id]?.channels.isEmpty ?? false, let last = calls.removeValue(forKey: id) else { return on(id) }
        merged = merged.filter { $0.value != id }
        return [Change(call: last, end: .hungUp)]
    }

    func on(_ id: String) -> [Change] { calls[id].map { [Change(call: $0)] } ?? [] }
}
