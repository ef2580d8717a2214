import Base
import CallRecords
import Switchboard
import TestSupport

/// The life of calls as a table, one event on each line: `second what who …`.
///
///     new CHANNEL LINKEDID NAME [EXTEN]    ring CHANNEL      up CHANNEL        app CHANNEL APPLICATION
///     dial FROM TO                         dialled FROM TO RESULT              file CHANNEL RECORDING
///     in CHANNEL BRIDGE                    out CHANNEL BRIDGE                  hold CHANNEL BRIDGE
///     ask CHANNEL (to hang up)             end CHANNEL                         pick TAKER TARGET
///     join QUEUE CALLER                    call|connect|done|rna QUEUE CALLER INTERFACE NAME PHONE
///
/// Phones are named after their extension (`PJSIP/101-1`), the line to the outside is `PJSIP/trunk`.
enum CallScript {
    static func events(_ table: String) -> [(event: PBXEvent, at: Moment)] {
        table.split(separator: "\n").map { line in
            let words = line.split(separator: " ").map(String.init)
            return (event(Array(words.dropFirst())), Moment(seconds: Int64(words[0]) ?? 0))
        }
    }

    /// What a table leads to, one line for each notice.
    static func lines(_ table: String) -> [String] {
        var machine = CallEventMachine(reader: ThreeDigits())
        return events(table).flatMap { event, time in machine.take(event, at: time) }.map(line)
    }

    /// `second kind agent …`, with what distinguishes the kind.
    static func line(_ notice: CallNotice) -> String {
        var words = ["\(notice.at.wholeSeconds)", notice.kind.rawValue]
        switch notice.kind {
        case .ringing, .lost, .missed: words.append(notice.call.linkedid)
        case .answered: words += [notice.call.linkedid, "by \(shown(notice.agent))"]
        case .ended:
            words += [notice.call.linkedid, notice.outcome?.rawValue ?? "-"]
            if let id = notice.mergedInto { words.append("into \(id)") }
            words.append("wait \(seconds(notice.call.wait)) talk \(seconds(notice.call.talk))")
        case .popOpen: words.append(shown(notice.agent))
        case .popClose:
            words += [shown(notice.agent), notice.closing?.rawValue ?? "-"]
            if let other = notice.answeredBy { words.append("by \(shown(other))") }
        }
        return words.joined(separator: " ")
    }

    private static func shown(_ agent: CallAgent?) -> String { agent.map { $0.name ?? $0.key } ?? "-" }

    private static func seconds(_ time: Duration?) -> String { time.map { "\($0.wholeSeconds)" } ?? "?" }

    private static func event(_ words: [String]) -> PBXEvent {
        let word = { (index: Int) in index < words.count ? words[index] : "" }
        var channel = ChannelSnapshot(name: "", uniqueid: word(1))
        switch word(0) {
        case "new":
            channel = ChannelSnapshot(name: word(3), uniqueid: word(1), linkedid: word(2))
            (channel.exten, channel.callerNumber) = (word(4), word(3).contains("trunk") ? "+4930777" : "")
            channel.state = .ring
            return .channel(.created(channel))
        case "ring", "up":
            channel.state = word(0) == "up" ? .up : .ringing
            return .channel(.changed(channel))
        case "app":
            channel.application = word(2)
            return .channel(.runs(channel))
        case "dial": return .dial(.began(Dial(caller: word(1), called: word(2))))
        case "dialled": return .dial(.ended(Dial(caller: word(1), called: word(2)), DialResult(word(3))))
        case "in": return .bridge(.entered(BridgeMove(channel: channel, bridge: word(2))))
        case "hold": return .bridge(.entered(BridgeMove(channel: channel, bridge: word(2), isHolding: true)))
        case "out": return .bridge(.left(BridgeMove(channel: channel, bridge: word(2))))
        case "ask": return .channel(.hangupRequested(ChannelEnd(uniqueid: word(1))))
        case "end": return .channel(.hungUp(ChannelEnd(uniqueid: word(1), cause: 16)))
        case "pick": return .transfer(.pickedUp(Pickup(taker: word(1), target: word(2))))
        case "file":
            let variable = CallVariable(name: "MIXMONITOR_FILENAME", value: word(2))
            return .channel(.variableSet(VariableSetting(uniqueid: word(1), variable: variable)))
        case "join": return .queueCaller(QueueCallerEvent(.joined, QueueCallerFacts(queue: word(1), uniqueid: word(2))))
        case "call", "connect", "done", "rna":
            let kinds: [String: QueueCallEvent.Kind] = [
                "call": .rings, "connect": .connected, "done": .completed(.agent), "rna": .ringNoAnswer,
            ]
            var call = QueueCallEvent(
                kinds[word(0)] ?? .dumped,
                queue: word(1),
                caller: word(2),
                interface: word(3),
                memberName: word(4)
            )
            call.phone = word(5)
            return .queueCall(call)
        default: return .other(word(0))
        }
    }
}

/// Extensions have three digits, and what comes from the trunk comes from outside.
struct ThreeDigits: CallReader {
    func direction(of call: ActiveCalls.Call) -> Call.Direction {
        call.firstChannel.contains("trunk") ? .inbound : call.dialled.hasPrefix("0") ? .outbound : .internal
    }

    func phone(ofChannel name: String) -> String? {
        name.hasPrefix("Local/") || name.contains("trunk") ? nil : member(ofInterface: name)
    }

    func member(ofInterface interface: String) -> String? {
        let device = interface.drop { $0 != "/" }.dropFirst().prefix { $0.isNumber }
        return device.count == 3 ? String(device) : nil
    }
}
