/// Translates the events of Asterisk 11 to 17 to the names and fields of later versions, so that all other code knows
/// one dialect. Modern events are passed on unchanged, and so are unknown events and fields.
public enum EventDialect {
    /// The event in today's dialect. `Bridge` of Asterisk 11 reports two channels and becomes two events.
    public static func normalised(_ message: Message) -> [Message] {
        switch message.eventName {
        case "Dial": [dial(message)]
        case "Bridge", "Link", "Unlink": bridge(message)
        case "Join": [renamed(message, to: "QueueCallerJoin")]
        case "Leave": [renamed(message, to: "QueueCallerLeave")]
        case "QueueMemberPaused":
            [renamed(message, to: "QueueMemberPause", ["Location": "Interface", "Reason": "PausedReason"])]
        case "QueueMemberPause": [renamed(message, ["Reason": "PausedReason"])]
        case "QueueMemberStatus", "QueueMemberAdded", "QueueMemberRemoved", "QueueMemberPenalty":
            [renamed(message, ["Location": "Interface", "Name": "MemberName"])]
        case "AgentCalled": [renamed(message, agentCalled)]
        case "AgentConnect", "AgentComplete", "AgentDump", "AgentRingNoAnswer": [agent(message)]
        case "ParkedCall", "UnParkedCall", "ParkedCallTimeOut", "ParkedCallGiveUp": [parked(message)]
        case "Transfer": [transfer(message)]
        case "MusicOnHold":
            [
                renamed(
                    message,
                    to: message["State"]?.isSame(as: "Stop") ?? false ? "MusicOnHoldStop" : "MusicOnHoldStart"
                )
            ]
        default: [message]
        }
    }

    private static let agentCalled = [
        "AgentCalled": "Interface", "AgentName": "MemberName", "ChannelCalling": "Channel",
        "DestinationChannel": "DestChannel",
    ]

    private static func dial(_ message: Message) -> Message {
        let isEnd = message["SubEvent"]?.isSame(as: "End") ?? false
        return renamed(
            message,
            to: isEnd ? "DialEnd" : "DialBegin",
            [
                "Destination": "DestChannel", "DestUniqueID": "DestUniqueid", "UniqueID": "Uniqueid",
                "Dialstring": "DialString",
            ]
        )
    }

    /// `Bridge` has `Bridgestate: Link|Unlink`; `Link` and `Unlink` are the events of 1.4. The bridge has no id of its
    /// own: the first channel's uniqueid is used instead.
    private static func bridge(_ message: Message) -> [Message] {
        guard let first = message["Uniqueid1"], message["BridgeUniqueid"] == nil else { return [message] }
        let leaves = message.eventName == "Unlink" || message["Bridgestate"]?.isSame(as: "Unlink") ?? false
        return ["1", "2"].map { side in
            var event = Message([
                "Event": leaves ? "BridgeLeave" : "BridgeEnter", "BridgeUniqueid": first,
                "Channel": message["Channel\(side)"] ?? "", "Uniqueid": message["Uniqueid\(side)"] ?? "",
                "CallerIDNum": message["CallerID\(side)"] ?? "",
            ])
            event.encoding = message.encoding
            if let timestamp = message["Timestamp"] { event.append("Timestamp", timestamp) }
            return event
        }
    }

    /// In Asterisk 11 `Channel` is the member's channel and `Uniqueid` the caller's.
    private static func agent(_ message: Message) -> Message {
        guard message["Interface"] == nil, message["Member"] != nil else { return message }
        return renamed(message, ["Member": "Interface", "Channel": "DestChannel", "BridgedChannel": "DestUniqueid"])
    }

    private static func parked(_ message: Message) -> Message {
        guard message["ParkingSpace"] == nil else { return message }
        return renamed(
            message,
            [
                "Exten": "ParkingSpace", "Channel": "ParkeeChannel", "Uniqueid": "ParkeeUniqueid",
                "From": "ParkerDialString",
                "Timeout": "ParkingTimeout", "CallerIDNum": "ParkeeCallerIDNum", "CallerIDName": "ParkeeCallerIDName",
            ]
        )
    }

    private static func transfer(_ message: Message) -> Message {
        let isAttended = message["TransferType"]?.isSame(as: "Attended") ?? false
        return renamed(
            message,
            to: isAttended ? "AttendedTransfer" : "BlindTransfer",
            [
                "Channel": "TransfererChannel", "Uniqueid": "TransfererUniqueid", "TransferExten": "Extension",
                "TransferContext": "Context", "TargetChannel": "TransfereeChannel",
                "TargetUniqueid": "TransfereeUniqueid",
            ]
        )
    }

    private static func renamed(_ message: Message, to name: String? = nil, _ fields: [String: String] = [:]) -> Message
    {
        var copy = message
        var isFirstEvent = true
        for index in copy.headers.indices {
            let header = String(decoding: copy.headers[index].name, as: UTF8.self)
            if isFirstEvent, let name, header.isSame(as: "Event") {
                copy.headers[index].value = Array(name.utf8)
                isFirstEvent = false
            }
            if let new = fields.first(where: { $0.key.isSame(as: header) })?.value {
                copy.headers[index].name = Array(new.utf8)
            }
        }
        return copy
    }
}

extension Message {
    mutating func append(_ name: String, _ value: String) {
        headers.append(Header(name: Array(name.utf8), value: Array(value.utf8)))
    }

    /// The event as consumers expect it: today's names, values unescaped once.
    public func normalised() -> [Message] {
        EventDialect.normalised(self).map { $0.unescaped() }
    }
}
