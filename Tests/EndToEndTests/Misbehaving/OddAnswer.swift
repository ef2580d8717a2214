/// What an ordinary PBX says: Asterisk 22, with one conversation and one queue.
enum OddAnswer {
    static let greeting = "Asterisk Call Manager/11.0.0\r\n"
    /// Actions that change something.
    static let orders: Set = ["Originate", "BlindTransfer", "QueuePause"]

    private static func packet(_ headers: String..., id: String?) -> String {
        let first = headers[0]
        let rest = headers.dropFirst().map { $0 + "\r\n" }.joined()
        return "\(first)\r\n" + (id.map { "ActionID: \($0)\r\n" } ?? "") + rest + "\r\n"
    }

    private static func list(_ id: String, _ items: [String], _ name: String) -> String {
        packet("Response: Success", "EventList: start", "Message: \(name) will follow", id: id) + items.joined()
            + packet("Event: \(name)Complete", "EventList: Complete", "ListItems: \(items.count)", id: id)
    }

    /// The answer to an action.
    static func text(_ name: String, _ action: [String: String], isPaused: Bool, number: String?) -> String {
        let id = action["ActionID"] ?? ""
        let plain = { (headers: String) in packet("Response: Success", headers, id: id) }
        switch name {
        case "Challenge": return plain("Challenge: 123456")
        case "Login": return plain("Message: Authentication accepted")
        case "Ping": return plain("Ping: Pong\r\nTimestamp: \(number ?? "1700000000.5")")
        case "Events", "Filter": return plain("Events: On")
        case "CoreSettings": return plain("AsteriskVersion: 22.10.1\r\nCoreMaxCalls: \(number ?? "0")")
        case "CoreStatus": return plain("CoreCurrentCalls: \(number ?? "1")\r\nCoreProcessedCalls: \(number ?? "7")")
        case "CoreShowChannels": return list(id, (1...2).map { channel($0, id, number) }, "CoreShowChannels")
        case "QueueStatus": return list(id, queue(id, isPaused, number), "QueueStatus")
        case "QueueSummary": return list(id, [summary(id, number)], "QueueSummary")
        case "ShowDialPlan":
            let item = packet("Event: ListDialplan", "Context: from-internal", "Extension: 100", "Priority: 1", id: id)
            return list(id, [item], "ShowDialPlan")
        case "ListCommands":
            return plain("Originate: Originate a call (Priv: originate,all)\r\nQueueStatus: Queues (Priv: <none>)")
        case "Originate": return plain("Message: Originate successfully queued")
        case "BlindTransfer": return plain("Message: Transfer succeeded")
        case "QueuePause": return plain("Message: Interface paused successfully")
        default:
            return packet(
                "Response: Error",
                "Message: Invalid/unknown command: \(name). Use Action: ListCommands",
                id: id
            )
        }
    }

    private static func channel(_ index: Int, _ id: String, _ number: String?) -> String {
        packet(
            "Event: CoreShowChannel",
            "Channel: PJSIP/10\(index)-0000000\(index)",
            "ChannelState: \(number ?? "6")",
            "CallerIDNum: 10\(index)",
            "Context: from-internal",
            "Exten: 100",
            "Priority: \(number ?? "1")",
            "Uniqueid: 1700000000.\(index)",
            "Linkedid: 1700000000.1",
            "Application: Dial",
            "Duration: \(number ?? "00:01:05")",
            "BridgeId: bridge-1",
            id: id
        )
    }

    private static func queue(_ id: String, _ isPaused: Bool, _ number: String?) -> [String] {
        let n = { (ordinary: String) in number ?? ordinary }
        return [
            packet(
                "Event: QueueParams",
                "Queue: support",
                "Max: \(n("0"))",
                "Strategy: ringall",
                "Calls: \(n("1"))",
                "Holdtime: \(n("3"))",
                "TalkTime: \(n("40"))",
                "Completed: \(n("5"))",
                "Abandoned: \(n("1"))",
                "ServiceLevel: \(n("20"))",
                "ServicelevelPerf: \(n("80.0"))",
                "Weight: \(n("0"))",
                id: id
            ),
            packet(
                "Event: QueueMember",
                "Queue: support",
                "Name: Anna",
                "Location: PJSIP/101",
                "StateInterface: PJSIP/101",
                "Membership: dynamic",
                "Penalty: \(n("0"))",
                "CallsTaken: \(n("5"))",
                "LastCall: \(n("1700000000"))",
                "LastPause: \(n("0"))",
                "LoginTime: \(n("1699990000"))",
                "InCall: \(n("0"))",
                "Status: \(n("1"))",
                "Paused: \(isPaused ? 1 : 0)",
                "PausedReason: ",
                "Wrapuptime: \(n("0"))",
                id: id
            ),
            packet(
                "Event: QueueEntry",
                "Queue: support",
                "Position: \(n("1"))",
                "Channel: PJSIP/trunk-00000003",
                "Uniqueid: 1700000000.3",
                "CallerIDNum: 03012345678",
                "CallerIDName: Caller",
                "Wait: \(n("12"))",
                "Priority: \(n("0"))",
                id: id
            ),
        ]
    }

    private static func summary(_ id: String, _ number: String?) -> String {
        let n = { (ordinary: String) in number ?? ordinary }
        return packet(
            "Event: QueueSummary",
            "Queue: support",
            "LoggedIn: \(n("1"))",
            "Available: \(n("1"))",
            "Callers: \(n("1"))",
            "HoldTime: \(n("3"))",
            "TalkTime: \(n("40"))",
            "LongestHoldTime: \(n("12"))",
            id: id
        )
    }

    /// Three events that come on their own: somebody enters a queue, is connected, and has talked.
    static func events(_ number: String?) -> String {
        let n = { (ordinary: String) in number ?? ordinary }
        return packet(
            "Event: QueueCallerJoin",
            "Timestamp: \(n("1700000001.0"))",
            "Channel: PJSIP/trunk-00000003",
            "Uniqueid: 1700000000.3",
            "Linkedid: 1700000000.3",
            "Queue: support",
            "Position: \(n("1"))",
            "Count: \(n("1"))",
            "CallerIDNum: 03012345678",
            "CallerIDName: Caller",
            id: nil
        )
            + packet(
                "Event: AgentConnect",
                "Timestamp: \(n("1700000004.0"))",
                "Channel: PJSIP/trunk-00000003",
                "Uniqueid: 1700000000.3",
                "Linkedid: 1700000000.3",
                "Queue: support",
                "MemberName: Anna",
                "Interface: PJSIP/101",
                "HoldTime: \(n("3"))",
                "RingTime: \(n("2"))",
                "DestUniqueid: 1700000000.4",
                id: nil
            )
            + packet(
                "Event: AgentComplete",
                "Timestamp: \(n("1700000044.0"))",
                "Channel: PJSIP/trunk-00000003",
                "Uniqueid: 1700000000.3",
                "Linkedid: 1700000000.3",
                "Queue: support",
                "MemberName: Anna",
                "Interface: PJSIP/101",
                "HoldTime: \(n("3"))",
                "TalkTime: \(n("40"))",
                "Reason: agent",
                id: nil
            )
    }

    /// The events that tell that an order was carried out.
    static func news(of name: String, _ action: [String: String]) -> String {
        switch name {
        case "Originate":
            let channel = "Channel: PJSIP/101-00000009\r\nUniqueid: \(action["ChannelId"] ?? "")"
            return packet("Event: Newchannel", channel, "ChannelState: 0", id: nil)
                + packet(
                    "Event: OriginateResponse",
                    "Response: Success",
                    channel,
                    "Reason: 4",
                    id: action["ActionID"]
                )
        case "BlindTransfer":
            return packet(
                "Event: BlindTransfer",
                "Result: Success",
                "TransfererChannel: PJSIP/101-00000001",
                "TransfererUniqueid: 1700000000.1",
                "TransfereeUniqueid: 1700000000.2",
                "Extension: 100",
                "Context: from-internal",
                id: nil
            )
        default: return ""
        }
    }
}
