/// Folds channel events into calls: all channels that share a linkedid are one call, and the two halves of a Local channel
/// are one leg of it.
///
/// Feed it normalised events in order. Events may come before or after the ones that they logically follow (`AgentComplete`
/// before `BridgeLeave`), so every event only adds what it says; a call ends when its last channel hangs up.
public struct ActiveCalls: Sendable {
    /// One call.
    public struct Call: Sendable {
        /// How far the call is.
        public enum Stage: String, Sendable {
            case dialling, ringing, waiting, up, talking, parked
        }

        /// The linkedid, or where there is none the first channel's uniqueid.
        public internal(set) var id: String
        /// Its channels, oldest first.
        public internal(set) var channels: [ChannelSnapshot] = []
        /// When the first channel came to be, in seconds since 1970.
        public internal(set) var startedAt: Double
        /// When two channels first were in one bridge, in seconds since 1970.
        public internal(set) var bridgedAt: Double?
        /// The number that called.
        public internal(set) var callerNumber = ""
        /// The name that called.
        public internal(set) var callerName = ""
        /// What was dialled first.
        public internal(set) var dialled = ""
        /// The queue that the call is in or came through.
        public internal(set) var queue = ""
        /// When it entered that queue; nil once it left.
        public internal(set) var waitsSince: Double?
        /// The queue member who has the call: the member's name, else the interface.
        public internal(set) var agent = ""
        /// The parking space that it is in.
        public internal(set) var parkingSpace = ""
        /// The last result of dialling (`ANSWER`, `BUSY`, `NOANSWER`, …).
        public internal(set) var dialStatus = ""
        /// Variables set since the call was first seen, latest value, in the order of their first setting.
        public internal(set) var variables: [ChannelVariable] = []

        /// How far the call is.
        public var stage: Stage {
            if !parkingSpace.isEmpty { return .parked }
            if waitsSince != nil { return .waiting }
            let bridges = channels.map(\.bridgeID).filter { !$0.isEmpty }
            if Set(bridges).count < bridges.count { return .talking }
            if channels.contains(where: { $0.state == .ringing }) { return .ringing }
            return channels.contains { $0.state == .up } ? .up : .dialling
        }

        /// The channels with each Local pair as one: its first half stands for both.
        public var legs: [ChannelSnapshot] {
            var bases: Set<String> = []
            return channels.filter { channel in channel.localBase.map { bases.insert($0).inserted } ?? true }
        }
    }

    /// Calls by their id.
    public private(set) var calls: [String: Call] = [:]
    /// Which call each channel belongs to. Every channel of every call is here, and no other.
    private var callOfChannel: [String: String] = [:]
    private let variablesPerCall: Int

    /// No calls.
    ///
    /// - Parameter variablesPerCall: The most variables to keep of one call; a dialplan may set thousands.
    public init(variablesPerCall: Int = 256) {
        self.variablesPerCall = variablesPerCall
    }

    /// The calls, longest first.
    public var longestFirst: [Call] {
        calls.values.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
    }

    /// Starts over from the items of `CoreShowChannels` (or `Status`), taken at `now` (seconds since 1970).
    /// What events told about a call that still is there (queue, agent, variables) is kept.
    public mutating func replace(with channels: [ChannelSnapshot], at now: Double) {
        let before = calls
        calls = [:]
        callOfChannel = [:]
        for channel in channels.sorted(by: { ($0.seconds ?? 0, $1.uniqueid) > ($1.seconds ?? 0, $0.uniqueid) }) {
            put(channel, at: now - Double(channel.seconds ?? 0))
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

    /// Takes a normalised event.
    ///
    /// - Returns: The call that the event changed, in its state after it (a call that ended: in its last); nil if none did.
    @discardableResult
    public mutating func apply(_ event: Message, at now: Double) -> Call? {
        let time = event.timestamp ?? now
        switch event.eventName {
        case "Hangup": return hungUp(event)
        case "Rename": return rename(event)
        case "ParkedCall", "UnParkedCall", "ParkedCallTimeOut", "ParkedCallGiveUp", "ParkedCallSwap":
            return parked(event, time)
        case "BridgeLeave": return bridged(event, time, enters: false)
        case "BridgeEnter": return bridged(event, time, enters: true)
        case "Newchannel", "Newstate", "NewCallerid", "NewConnectedLine", "NewExten", "Newexten", "NewAccountCode":
            return updated(event, time)
        case "DialBegin", "DialEnd": return dialled(event, time)
        case "VarSet": return variable(event, time)
        case "QueueCallerJoin", "QueueCallerLeave", "QueueCallerAbandon", "AgentConnect", "AgentComplete", "AgentDump":
            return queued(event, time)
        default: return nil
        }
    }
}

// What each kind of event says.
extension ActiveCalls {
    private mutating func updated(_ event: Message, _ time: Double) -> Call? {
        guard let channel = ChannelSnapshot(event), !channel.uniqueid.isEmpty else { return nil }
        // A Newstate can still come for a channel whose Hangup was seen; only Newchannel makes a channel, or a known linkedid.
        if event.eventName != "Newchannel", callOfChannel[channel.uniqueid] == nil { return nil }
        return put(channel, at: time)
    }

    private mutating func dialled(_ event: Message, _ time: Double) -> Call? {
        let key = event.nonEmpty("DestUniqueid") ?? event.nonEmpty("Uniqueid")
        guard let key, let id = callOfChannel[key] ?? event.nonEmpty("Uniqueid").flatMap({ callOfChannel[$0] }) else {
            return nil
        }
        if let status = event.nonEmpty("DialStatus") { calls[id]?.dialStatus = status }
        return calls[id]
    }

    private mutating func bridged(_ event: Message, _ time: Double, enters: Bool) -> Call? {
        guard var channel = ChannelSnapshot(event), callOfChannel[channel.uniqueid] != nil else { return nil }
        let bridge = event.nonEmpty("BridgeUniqueid") ?? ""
        channel.bridgeID = enters ? bridge : ""
        put(channel, at: time)
        guard let id = callOfChannel[channel.uniqueid] else { return nil }
        setBridge(of: channel.uniqueid, in: id, to: channel.bridgeID)
        if enters, calls[id]?.bridgedAt == nil, calls[id]?.stage == .talking { calls[id]?.bridgedAt = time }
        return calls[id]
    }

    private mutating func setBridge(of uniqueid: String, in id: String, to bridge: String) {
        guard let index = calls[id]?.channels.firstIndex(where: { $0.uniqueid == uniqueid }) else { return }
        calls[id]?.channels[index].bridgeID = bridge
    }

    private mutating func variable(_ event: Message, _ time: Double) -> Call? {
        guard let uniqueid = event.nonEmpty("Uniqueid"), let id = callOfChannel[uniqueid], let name = event["Variable"]
        else {
            return nil
        }
        let variable = ChannelVariable(name: name, value: event["Value"] ?? "")
        if let index = calls[id]?.variables.firstIndex(where: { $0.name == name }) {
            calls[id]?.variables[index] = variable
        } else if let count = calls[id]?.variables.count, count < variablesPerCall {
            calls[id]?.variables.append(variable)
        }
        return calls[id]
    }

    private mutating func queued(_ event: Message, _ time: Double) -> Call? {
        guard let uniqueid = event.nonEmpty("Uniqueid"), let id = callOfChannel[uniqueid] else { return nil }
        if let queue = event.nonEmpty("Queue") { calls[id]?.queue = queue }
        switch event.eventName {
        case "QueueCallerJoin": calls[id]?.waitsSince = time
        case "AgentConnect":
            calls[id]?.agent = event.nonEmpty("MemberName") ?? event.nonEmpty("Interface") ?? ""
            calls[id]?.waitsSince = nil
        default: calls[id]?.waitsSince = nil
        }
        return calls[id]
    }

    private mutating func parked(_ event: Message, _ time: Double) -> Call? {
        guard let uniqueid = event.nonEmpty("ParkeeUniqueid"), let id = callOfChannel[uniqueid] else { return nil }
        calls[id]?.parkingSpace = event.eventName == "ParkedCall" ? event.nonEmpty("ParkingSpace") ?? "" : ""
        return calls[id]
    }

    private mutating func rename(_ event: Message) -> Call? {
        guard let uniqueid = event.nonEmpty("Uniqueid"), let id = callOfChannel[uniqueid],
            let name = event.nonEmpty("Newname"),
            let index = calls[id]?.channels.firstIndex(where: { $0.uniqueid == uniqueid })
        else { return nil }
        calls[id]?.channels[index].name = name
        return calls[id]
    }

    private mutating func hungUp(_ event: Message) -> Call? {
        guard let uniqueid = event.nonEmpty("Uniqueid"), let id = callOfChannel.removeValue(forKey: uniqueid) else {
            return nil
        }
        calls[id]?.channels.removeAll { $0.uniqueid == uniqueid }
        return calls[id]?.channels.isEmpty ?? false ? calls.removeValue(forKey: id) : calls[id]
    }

    @discardableResult
    private mutating func put(_ channel: ChannelSnapshot, at time: Double) -> Call? {
        var channel = channel
        var before: ChannelSnapshot?
        let known = callOfChannel[channel.uniqueid]
        // A bridge of two calls makes them one: later events of their channels have the same linkedid.
        let id = channel.linkedid.isEmpty ? known ?? channel.uniqueid : channel.linkedid
        if let known, let index = calls[known]?.channels.firstIndex(where: { $0.uniqueid == channel.uniqueid }) {
            before = calls[known]?.channels[index]
            if known != id { move(index, from: known, to: id, at: time) }
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

    private mutating func move(_ index: Int, from old: String, to new: String, at time: Double) {
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
}
