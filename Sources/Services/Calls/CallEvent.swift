public import Base
import CallRecords
import Postgres

/// A queue_log line about a call.
public struct CallEvent: Sendable {
    /// When it was logged.
    public let at: Moment
    /// The event's name, such as `CONNECT`.
    public let event: String
    /// The call, the queue and the agent that it concerns.
    public let callid: String?, queue: String?, agent: String?
    /// The event's data fields, `data1` first.
    public let data: [String?]
    /// `queue_log` or `ami`.
    public let source: String

    init(_ row: borrowing Row) throws(PostgresError) {
        (at, event) = (try row.second(0), try row.text(1))
        (callid, queue, agent) = (try row.textIfPresent(2), try row.textIfPresent(3), try row.textIfPresent(4))
        var data: [String?] = []
        for place in 5...9 { data.append(try row.textIfPresent(place)) }
        self.data = data
        source = try row.text(10)
    }

    func json(in zone: ZoneTable) -> JSON {
        func text(_ value: String?) -> JSON { value.map(JSON.string) ?? nil }
        return [
            "at": .string(zone.iso8601(at)), "event": .string(event), "callid": text(callid), "queue": text(queue),
            "agent": text(agent), "data": .array(data.map(text)), "source": .string(source),
        ]
    }

    /// The step that the event adds to the story. The fields are those of Asterisk's queue_log
    /// (https://docs.asterisk.org/Configuration/Applications/Queue-Logs/).
    var step: CallStory.Step {
        CallStory.Step(at: at, kind: event.lowercased(), text: sentence)
    }

    private func field(_ number: Int) -> String? { data.indices.contains(number - 1) ? data[number - 1] : nil }

    /// A sentence, and how many seconds something took, if the log says so.
    private func after(_ text: String, _ number: Int) -> String {
        field(number).map { localized("\(text) after \($0) s") } ?? text
    }

    private var sentence: String {
        let who = agent ?? localized("an agent")
        let place = queue ?? localized("a queue")
        switch event {
        case "ENTERQUEUE":
            return field(3).map { localized("the caller enters queue \(place) at position \($0)") }
                ?? localized("the caller enters queue \(place)")
        case "CONNECT": return after(localized("\(who) answers in queue \(place)"), 1)
        case "RINGNOANSWER": return localized("\(who) does not answer")
        case "ABANDON": return after(localized("the caller hangs up in queue \(place)"), 3)
        case "EXITWITHTIMEOUT": return localized("the caller waited too long in queue \(place)")
        case "EXITWITHKEY":
            return field(1).map { localized("the caller leaves queue \(place) with key \($0)") }
                ?? localized("the caller leaves queue \(place)")
        case "EXITEMPTY": return localized("the caller leaves queue \(place), which has no agents")
        case "COMPLETEAGENT": return after(localized("\(who) ends the talk"), 2)
        case "COMPLETECALLER": return after(localized("the caller ends the talk with \(who)"), 2)
        case "BLINDTRANSFER", "ATTENDEDTRANSFER", "TRANSFER":
            return field(1).map { localized("\(who) transfers the caller to \($0)") }
                ?? localized("\(who) transfers the caller")
        default:
            return ([event] + [queue, agent].compactMap(\.self) + data.compactMap(\.self)).joined(separator: " ")
        }
    }
}
