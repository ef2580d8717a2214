import Base
import Switchboard
import TestSupport

/// Events as a table, one on each line: `time what who …`. Words that a kind does not need are omitted.
///
///     created CHANNEL LINKEDID        runs CHANNEL EXTEN          ends CHANNEL
///     enters CHANNEL BRIDGE           leaves CHANNEL BRIDGE       status CHANNEL QUEUESTATUS
///     joins QUEUE CALLER POSITION     abandons QUEUE CALLER WAIT  left QUEUE CALLER
///     connects QUEUE CALLER AGENT WAIT                            completes QUEUE CALLER AGENT WAIT TALK REASON
enum Script {
    static func events(_ table: String) -> [(event: PBXEvent, at: Moment)] {
        table.split(separator: "\n").map { line in
            let words = line.split(separator: " ").map(String.init)
            return (event(Array(words.dropFirst())), Moment(secondsSince1970: Double(words[0]) ?? 0) ?? 0)
        }
    }

    private static func event(_ words: [String]) -> PBXEvent {
        let word = { (index: Int) in index < words.count ? words[index] : "" }
        let channel = ChannelSnapshot(name: "PJSIP/\(word(1))", uniqueid: word(1))
        switch word(0) {
        case "created":
            return .channel(.created(ChannelSnapshot(name: "PJSIP/\(word(1))", uniqueid: word(1), linkedid: word(2))))
        case "runs":
            var channel = channel
            (channel.exten, channel.priority) = (word(2), "1")
            return .channel(.runs(channel))
        case "ends": return .channel(.hungUp(ChannelEnd(uniqueid: word(1), cause: 16)))
        case "enters": return .bridge(.entered(BridgeMove(channel: channel, bridge: word(2))))
        case "parks": return .bridge(.entered(BridgeMove(channel: channel, bridge: word(2), isHolding: true)))
        case "leaves": return .bridge(.left(BridgeMove(channel: channel, bridge: word(2))))
        case "status":
            let variable = CallVariable(name: "QUEUESTATUS", value: word(2))
            return .channel(.variableSet(VariableSetting(uniqueid: word(1), variable: variable)))
        case "joins", "abandons", "left":
            var facts = QueueCallerFacts(queue: word(1), uniqueid: word(2))
            facts.position = word(0) == "joins" ? Int(word(3)) : 1
            if word(0) == "abandons" { (facts.wait, facts.firstPosition) = (Int(word(3)), 1) }
            let kind: QueueCallerEvent.Kind =
                word(0) == "joins" ? .joined : word(0) == "left" ? .left : .abandoned
            return .queueCaller(QueueCallerEvent(kind, facts))
        case "connects", "completes":
            let reason = QueueCallEvent.EndReason(rawValue: word(6))
            var call = QueueCallEvent(
                word(0) == "connects" ? .connected : .completed(reason),
                queue: word(1),
                caller: word(2),
                memberName: word(3)
            )
            call.wait = Int(word(4))
            if word(0) == "connects" { (call.phone, call.ring) = ("9.9", 1) } else { call.talk = Int(word(5)) }
            return .queueCall(call)
        default: return .other(word(0))
        }
    }
}
