public import AMI
public import Switchboard

extension PBXEvent {
    /// The meaning of an AMI event from Asterisk 11 to 23.
    ///
    /// - Parameter message: The event in today's dialect, values unescaped: ``AMI/Message/normalised()``.
    public init(_ message: Message) {
        let name = message.eventName ?? ""
        self =
            Self.channelEvent(name, message) ?? Self.callEvent(name, message) ?? Self.queueEvent(name, message)
            ?? Self.systemEvent(name, message) ?? .other(name)
    }

    private static func channelEvent(_ name: String, _ message: Message) -> PBXEvent? {
        switch name {
        case "Newchannel": return ChannelSnapshot(of: message).map { .channel(.created($0)) }
        case "Newstate", "NewCallerid", "NewConnectedLine", "NewAccountCode":
            return ChannelSnapshot(of: message).map { .channel(.changed($0)) }
        case "Newexten", "NewExten": return ChannelSnapshot(of: message).map { .channel(.runs($0)) }
        case "Rename":
            guard let uniqueid = message.nonEmpty("Uniqueid"), let new = message.nonEmpty("Newname") else { return nil }
            return .channel(.renamed(uniqueid: uniqueid, name: new))
        case "VarSet":
            guard let variable = message["Variable"] else { return nil }
            let value = CallVariable(name: variable, value: message["Value"] ?? "")
            return .channel(.variableSet(VariableSetting(uniqueid: message.nonEmpty("Uniqueid"), variable: value)))
        case "LocalBridge":
            guard let first = message.nonEmpty("LocalOneUniqueid") ?? message.nonEmpty("Uniqueid1"),
                let second = message.nonEmpty("LocalTwoUniqueid") ?? message.nonEmpty("Uniqueid2")
            else { return nil }
            return .channel(.localPair(first: first, second: second))
        case "ChanSpyStart":
            let spying = Spying(spyer: message.nonEmpty("SpyerUniqueid"), spyee: message.nonEmpty("SpyeeUniqueid"))
            return .channel(.spyBegan(spying))
        case "HangupRequest", "SoftHangupRequest":
            return ChannelEnd(message).map { .channel(.hangupRequested($0)) }
        case "Hangup": return ChannelEnd(message).map { .channel(.hungUp($0)) }
        default: return nil
        }
    }

    private static func callEvent(_ name: String, _ message: Message) -> PBXEvent? {
        switch name {
        case "DialBegin": return .dial(.began(Dial(message)))
        case "DialEnd": return .dial(.ended(Dial(message), message.nonEmpty("DialStatus").map { DialResult($0) }))
        case "BridgeEnter": return BridgeMove(message).map { .bridge(.entered($0)) }
        case "BridgeLeave": return BridgeMove(message).map { .bridge(.left($0)) }
        case "BlindTransfer": return .transfer(.blind(BlindTransfer(message)))
        case "AttendedTransfer": return .transfer(.attended(AttendedTransfer(message)))
        case "Pickup":
            let pickup = Pickup(taker: message.nonEmpty("Uniqueid"), target: message.nonEmpty("TargetUniqueid"))
            return .transfer(.pickedUp(pickup))
        case "ParkedCall": return ParkingEvent(.parked, message).map { .parking($0) }
        case "UnParkedCall": return ParkingEvent(.retrieved, message).map { .parking($0) }
        case "ParkedCallTimeOut": return ParkingEvent(.timedOut, message).map { .parking($0) }
        case "ParkedCallGiveUp": return ParkingEvent(.gaveUp, message).map { .parking($0) }
        case "ParkedCallSwap": return ParkingEvent(.swapped, message).map { .parking($0) }
        case "OriginateResponse": return .originate(OriginateResponse(message))
        case "RTCPReceived", "RTCPSent": return .media(MediaReport(message))
        default: return nil
        }
    }

    private static func queueEvent(_ name: String, _ message: Message) -> PBXEvent? {
        guard let queue = message["Queue"] else { return nil }
        let caller = { (kind: QueueCallerEvent.Kind) in
            QueueCallerFacts(message, queue: queue).map { PBXEvent.queueCaller(QueueCallerEvent(kind, $0)) }
        }
        let member = { (kind: QueueMemberEvent.Kind) in
            PBXEvent.queueMember(QueueMemberEvent(kind, QueueMemberFacts(message, queue: queue)))
        }
        let call = { (kind: QueueCallEvent.Kind) in PBXEvent.queueCall(QueueCallEvent(kind, message, queue: queue)) }
        switch name {
        case "QueueCallerJoin": return caller(.joined)
        case "QueueCallerLeave": return caller(.left)
        case "QueueCallerAbandon": return caller(.abandoned)
        case "QueueMemberAdded": return member(.added)
        case "QueueMemberRemoved": return member(.removed)
        case "QueueMemberPause": return member(.paused)
        case "QueueMemberStatus", "QueueMemberPenalty", "QueueMemberRinginuse": return member(.changed)
        case "AgentCalled": return call(.rings)
        case "AgentConnect": return call(.connected)
        case "AgentComplete":
            return call(.completed(message["Reason"].flatMap { QueueCallEvent.EndReason(rawValue: $0.lowercased()) }))
        case "AgentRingNoAnswer": return call(.ringNoAnswer)
        case "AgentDump": return call(.dumped)
        default: return nil
        }
    }

    private static func systemEvent(_ name: String, _ message: Message) -> PBXEvent? {
        let text = { (key: String) in message.nonEmpty(key) ?? "" }
        switch name {
        case "FullyBooted": return .system(.started(uptime: message.span("Uptime").map { .seconds($0) }))
        case "Reload": return .system(.reloaded(module: text("Module")))
        case "Shutdown": return .system(.stops)
        case "DeviceStateChange": return .device(.state(device: text("Device"), state: text("State")))
        case "PeerStatus": return .device(.peer(name: text("Peer"), status: text("PeerStatus")))
        case "ContactStatus":
            return .device(.contact(endpoint: text("EndpointName"), status: text("ContactStatus")))
        case "Registry":
            return .device(.registration(name: "\(text("Username"))@\(text("Domain"))", status: text("Status")))
        default: return nil
        }
    }
}
