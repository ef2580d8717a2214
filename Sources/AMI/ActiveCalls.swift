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
    public internal(set) var calls: [String: Call] = [:]
    /// Which call each channel belongs to. Every channel of every call is here, and no other.
    var callOfChannel: [String: String] = [:]
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
        let oldestFirst = channels.sorted { ($0.seconds ?? 0, $1.uniqueid) > ($1.seconds ?? 0, $0.uniqueid) }
        for channel in ChannelSnapshot.paired(oldestFirst) {
            put(channel, at: now - Double(channel.seconds ?? 0))
            join(channel.uniqueid, to: channel.bridgeID)
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
        case "LocalBridge": return join(event.nonEmpty("Uniqueid2"), to: event.nonEmpty("Uniqueid1"))
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
        join(event.nonEmpty("DestUniqueid"), to: event.nonEmpty("Uniqueid"))
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
        if enters { join(channel.uniqueid, to: bridge) }
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
}
