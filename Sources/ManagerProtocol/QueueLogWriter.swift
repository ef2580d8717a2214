/// Writes queue events as lines of a queue_log, for a PBX whose queue_log cannot be read: `epoch|callid|queue|agent|event|data…`
/// (https://docs.asterisk.org/Configuration/Applications/Queue-Logs/).
///
/// Where AMI tells as much as the queue_log, the lines are those that the PBX itself writes, so that both can be loaded and
/// each event is kept once. It does not tell of `RINGCANCELED`, and not why a caller left who neither was answered nor hung
/// up: that is written as `EXITWITHTIMEOUT`, though a key or an empty queue may have been the reason.
public struct QueueLogWriter: Sendable {
    private struct Visit {
        var position: Int
        var since: Double
        /// When the caller left, if what came of it is not known yet.
        var leftAt: Double?
        var isAnswered = false
        /// Who answered.
        var agent: String?
    }

    /// Callers by queue and uniqueid, from their entry to the end of their call.
    private var visits: [String: Visit] = [:]
    /// Where a caller was transferred to, until the queue says that it is complete.
    private var transfers: [String: (exten: String, context: String)] = [:]

    /// A writer that has seen nothing.
    public init() {}

    /// The lines that a normalised event comes to; `now` is its time if it has none.
    public mutating func lines(for event: Message, at now: Double) -> [String] {
        let time = event.timestamp ?? now
        let late = settle(before: time)
        guard let name = event.eventName else { return late }
        switch name {
        case "QueueCallerJoin": return late + entered(event, time)
        case "QueueCallerLeave", "QueueCallerAbandon", "AgentConnect", "AgentComplete", "AgentRingNoAnswer":
            return late + moved(event, name, time)
        case "QueueMemberAdded", "QueueMemberRemoved", "QueueMemberPause": return late + member(event, name, time)
        case "BlindTransfer":
            if let uniqueid = event.nonEmpty("TransfereeUniqueid"), event["Result"]?.isSame(as: "Success") ?? true {
                transfers[uniqueid] = (event["Extension"] ?? "", event["Context"] ?? "")
            }
            return late
        default: return late
        }
    }

    private mutating func entered(_ event: Message, _ time: Double) -> [String] {
        guard let key = key(event) else { return [] }
        let position = event.integer("Position") ?? 1
        visits[key] = Visit(position: position, since: time)
        return [line(event, time, agent: nil, "ENTERQUEUE", ["", event.nonEmpty("CallerIDNum") ?? "", "\(position)"])]
    }

    private mutating func moved(_ event: Message, _ name: String, _ time: Double) -> [String] {
        let agent = event.nonEmpty("MemberName") ?? event.nonEmpty("Interface")
        guard let key = key(event) ?? answered(event, by: agent) else { return [] }
        let uniqueid = String(key.prefix { $0 != "|" })
        let hold = "\(event.integer("HoldTime") ?? 0)"
        let position = "\(visits[key]?.position ?? 1)"
        switch name {
        case "QueueCallerLeave":
            if visits[key]?.isAnswered == false { visits[key]?.leftAt = time }
            return []
        case "QueueCallerAbandon":
            visits[key] = nil
            let data = [event["Position"] ?? "", event["OriginalPosition"] ?? "", hold]
            return [line(event, time, agent: nil, "ABANDON", data)]
        case "AgentConnect":
            visits[key]?.isAnswered = true
            visits[key]?.agent = agent
            visits[key]?.leftAt = nil
            let data = [hold, event.nonEmpty("DestUniqueid") ?? "", event["RingTime"] ?? ""]
            return [line(event, time, agent: agent, "CONNECT", data)]
        case "AgentComplete":
            visits[key] = nil
            return [completed(event, uniqueid, time, agent, [hold, event["TalkTime"] ?? "", position])]
        default:
            // Milliseconds here, seconds in AgentConnect; the queue_log does the same.
            return [line(event, time, agent: agent, "RINGNOANSWER", [event["RingTime"] ?? "0"])]
        }
    }

    private mutating func completed(
        _ event: Message,
        _ uniqueid: String,
        _ time: Double,
        _ agent: String?,
        _ times: [String]
    ) -> String {
        switch event["Reason"] {
        case "caller": return line(event, time, callid: uniqueid, agent: agent, "COMPLETECALLER", times)
        case "transfer":
            guard let place = transfers.removeValue(forKey: uniqueid) else {
                return line(event, time, callid: uniqueid, agent: agent, "ATTENDEDTRANSFER", ["BRIDGE", ""] + times)
            }
            let data = [place.exten, place.context] + times
            return line(event, time, callid: uniqueid, agent: agent, "BLINDTRANSFER", data)
        default: return line(event, time, callid: uniqueid, agent: agent, "COMPLETEAGENT", times)
        }
    }

    /// The visit that an `AgentComplete` without a `Uniqueid` ends: Asterisk leaves the caller's fields out where the caller's
    /// channel is gone already (app_queue.c, `send_agent_complete`). The agent has one call of a queue at a time.
    private func answered(_ event: Message, by agent: String?) -> String? {
        guard event.eventName == "AgentComplete", let queue = event["Queue"], let agent else { return nil }
        return visits.filter { $0.key.hasSuffix("|" + queue) && $0.value.isAnswered && $0.value.agent == agent }
            .max { $0.value.since < $1.value.since }?.key
    }

    private func member(_ event: Message, _ name: String, _ time: Double) -> [String] {
        let agent = event.nonEmpty("MemberName") ?? event.nonEmpty("Interface")
        let isPaused = event.flag("Paused") ?? false
        switch name {
        case "QueueMemberAdded": return [line(event, time, agent: agent, "ADDMEMBER", isPaused ? ["PAUSED"] : [])]
        case "QueueMemberRemoved": return [line(event, time, agent: agent, "REMOVEMEMBER", [])]
        default:
            let reason = event["PausedReason"].map { [$0] } ?? []
            return [line(event, time, agent: agent, isPaused ? "PAUSE" : "UNPAUSE", reason)]
        }
    }

    /// `AgentConnect` follows the leaving at once, if it follows.
    private mutating func settle(before time: Double) -> [String] {
        let gone = visits.filter { time - ($0.value.leftAt ?? time) > 2 }.sorted { $0.key < $1.key }
        return gone.map { key, visit in
            visits[key] = nil
            let parts = key.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
            let leftAt = visit.leftAt ?? time
            let wait = "\(Int((leftAt - visit.since).rounded()))"
            return "\(Int(leftAt))|\(parts[0])|\(parts[1])|NONE|EXITWITHTIMEOUT|1|\(visit.position)|\(wait)"
        }
    }

    private func key(_ event: Message) -> String? {
        guard let uniqueid = event.nonEmpty("Uniqueid"), let queue = event["Queue"] else { return nil }
        return "\(uniqueid)|\(queue)"
    }

    private func line(
        _ event: Message,
        _ time: Double,
        callid known: String? = nil,
        agent: String?,
        _ name: String,
        _ data: [String]
    ) -> String {
        let callid =
            switch name {
            case "ADDMEMBER", "REMOVEMEMBER": "MANAGER"
            case "PAUSE", "UNPAUSE": "NONE"
            default: known ?? event.nonEmpty("Uniqueid") ?? "NONE"
            }
        let fields = ["\(Int(time))", callid, event["Queue"] ?? "NONE", agent ?? "NONE", name] + data
        // A bar or a line end in a name would make another field or line of it.
        return fields.map { field in String(field.map { $0 == "|" || $0.isNewline ? "_" : $0 }) }.joined(separator: "|")
    }
}
