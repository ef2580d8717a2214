/// Writes queue events as lines of a queue_log, for a PBX whose queue_log cannot be read: `epoch|callid|queue|agent|event|data…`
/// (https://docs.asterisk.org/Configuration/Applications/Queue-Logs/).
///
/// Where AMI tells as much as the queue_log, the lines are those that the PBX itself writes. It does not tell of
/// `PAUSEALL`. Why a caller left who neither was answered nor hung up is told by events of the class
/// `dialplan`; without them it is written as `EXITWITHTIMEOUT`.
///
/// What happened while nobody listened is worked out from a snapshot, as far as it can be: `QueueLogWriter+Snapshot.swift`.
public struct QueueLogWriter: Sendable {
    /// A caller's stay in a queue.
    struct Visit: Sendable {
        var position: Int
        var since: Double
        /// Who answered; nil while the caller waits.
        var agent: String?
        /// How the caller left, while it is not known what came of it.
        var left: Left?
        /// Agents whose phones ring or rang, by the uniqueid of the phone's channel.
        var ringing: [String: Ringing] = [:]
        /// The lines that tell of it.
        var lines: [String]
    }

    /// A caller's leaving.
    struct Left: Sendable {
        var at: Double
        var position: Int
        /// The wait, where the queue gave the caller up: `QueueCallerAbandon` comes when the caller hangs up, and also when the
        /// queue has no more time or nobody to answer.
        var wait: Int?
    }

    /// A phone that rings for a caller.
    struct Ringing: Sendable {
        var agent: String
        var since: Double
        /// When it was told to stop.
        var canceledAt: Double?
    }

    /// Somebody's place at a queue.
    struct Member: Sendable {
        var since: Double
        /// Members of queues.conf are no news in a queue_log.
        var isStatic = false
        var isPaused = false
        var pausedAt = 0.0
        var reason = ""
        /// The line that brought the member, if there is one.
        var added: String?
        /// The line of the last pause, or of its end.
        var pause: String?
    }

    /// The caller's uniqueid, or the member's name, and the queue.
    struct Place: Hashable, Sendable {
        var who: String
        var queue: String
    }

    /// Callers, from their entry to the end of their call.
    var visits: [Place: Visit] = [:]
    /// Members, by name.
    var members: [Place: Member] = [:]
    /// When the PBX was started, and the line that tells of it.
    var start: (at: Double, line: String)?
    /// Whether events of the class `dialplan` come, which tell why a caller left.
    var seesDialplan = false
    /// Since when events are missing; nil while none are.
    var missingSince: Double?
    /// Where a caller was transferred to, until the queue says that the call is complete, or the caller hangs up.
    var transfers: [String: (name: String, data: [String])] = [:]

    /// Seconds after which a caller who left, and of whom nothing more is heard, is taken for one who waited too long. An
    /// announcement to the agent, before which the caller leaves the queue, is shorter.
    static let patience = 60.0
    /// Seconds after which the end of a visit is not waited for any more.
    static let longestVisit = 172_800.0

    /// The events that it needs to see; those of older versions have other names before they are normalised.
    ///
    /// Some are wildcards, which the PBX does not filter by: a session that has to set filters first gets no `FullyBooted`.
    public static let events = [
        "QueueCaller*", "QueueMember*", "AgentCalled", "DialEnd", "AgentConnect", "AgentComplete", "AgentRingNoAnswer",
        "AgentDump", "VarSet",
        "Newexten", "Hangup", "BlindTransfer", "AttendedTransfer", "FullyBooted",
    ]
    /// The classes that these events are of.
    public static let classes = ["system", "call", "agent", "dialplan"]

    /// A writer that has seen nothing.
    public init() {}

    /// The lines that a normalised event comes to; `now` is its time if it has none.
    public mutating func lines(for event: Message, at now: Double) -> [String] {
        let time = event.timestamp ?? now
        switch event.eventName {
        case "QueueCallerJoin": return entered(event, time)
        case "QueueCallerLeave", "QueueCallerAbandon", "AgentConnect", "AgentComplete", "AgentRingNoAnswer",
            "AgentDump":
            return moved(event, time)
        case "QueueMemberAdded", "QueueMemberRemoved", "QueueMemberPause": return member(event, time)
        case "VarSet", "Newexten", "Hangup": return went(event, time)
        case "BlindTransfer", "AttendedTransfer": note(transfer: event)
        case "AgentCalled", "DialEnd": ring(event, time)
        case "FullyBooted":
            // The event has no time of its own. The time since then is cut to seconds, and members are put back soon after.
            if let uptime = event.number("Uptime") { return started(at: now - uptime - 1) }
        default: break
        }
        return []
    }

    /// The lines that nothing but the passing of time brings; to be asked for every few seconds.
    public mutating func lines(at now: Double) -> [String] {
        let gone = visits.filter { now - ($0.value.left?.at ?? now) > Self.patience }.keys
        let lines = gone.sorted { ($0.who, $0.queue) < ($1.who, $1.queue) }
            .flatMap { exit(from: $0, at: now) }
        visits = visits.filter { now - $0.value.since < Self.longestVisit }
        return lines
    }

    private mutating func entered(_ event: Message, _ time: Double) -> [String] {
        guard let place = place(event) else { return [] }
        // A snapshot may have seen the caller before the event was read.
        if let known = visits[place], known.left == nil, known.agent == nil, abs(known.since - time) <= 3 { return [] }
        let lines = exit(from: place, at: time)
        let position = event.integer("Position") ?? 1
        let data = ["", event.nonEmpty("CallerIDNum") ?? "", "\(position)"]
        let line = Self.line(time, place.who, place.queue, nil, "ENTERQUEUE", data)
        visits[place] = Visit(position: position, since: time, lines: [line])
        return lines + [line]
    }

    private mutating func moved(_ event: Message, _ time: Double) -> [String] {
        let agent = event.nonEmpty("MemberName") ?? event.nonEmpty("Interface")
        guard let place = place(event) ?? answered(event, by: agent) else { return [] }
        let hold = "\(event.integer("HoldTime") ?? 0)"
        func line(_ name: String, _ agent: String?, _ data: [String]) -> String {
            Self.line(time, place.who, place.queue, agent, name, data)
        }
        switch event.eventName {
        case "QueueCallerLeave":
            if visits[place]?.agent == nil, visits[place]?.left == nil {
                visits[place]?.left = Left(at: time, position: event.integer("Position") ?? 1)
            }
            return []
        case "QueueCallerAbandon":
            guard visits[place] != nil else {
                return [line("ABANDON", nil, [event["Position"] ?? "", event["OriginalPosition"] ?? "", hold])]
            }
            // Of a caller whom a snapshot has found, the first place was not known.
            if let first = event.integer("OriginalPosition") { visits[place]?.position = first }
            visits[place]?.left = Left(
                at: time,
                position: event.integer("Position") ?? 1,
                wait: event.integer("HoldTime")
            )
            return []
        case "AgentConnect":
            let connect = line("CONNECT", agent, [hold, event.nonEmpty("DestUniqueid") ?? "", event["RingTime"] ?? ""])
            visits[place]?.agent = agent ?? ""
            visits[place]?.left = nil
            visits[place]?.ringing = [:]
            visits[place]?.lines.append(connect)
            return [connect]
        case "AgentComplete":
            let position = visits.removeValue(forKey: place)?.position ?? 1
            let (name, data) = end(of: place.who, event["Reason"])
            return [line(name, agent, data + [hold, event["TalkTime"] ?? "", "\(position)"])]
        case "AgentDump":
            visits[place] = nil
            return [line("AGENTDUMP", agent, [])]
        default:
            visits[place]?.ringing[event["DestUniqueid"] ?? ""] = nil
            // Milliseconds here, seconds in AgentConnect; the queue_log does the same.
            return [line("RINGNOANSWER", agent, [event["RingTime"] ?? "0"])]
        }
    }

    /// A transfer is told before the queue says that the call is complete.
    private mutating func note(transfer event: Message) {
        guard let caller = event.nonEmpty("TransfereeUniqueid"), event["Result"]?.isSame(as: "Success") ?? true else {
            return
        }
        guard event.eventName == "AttendedTransfer" else {
            transfers[caller] = ("BLINDTRANSFER", [event["Extension"] ?? "", event["Context"] ?? ""])
            return
        }
        let data: [String] =
            switch event["DestType"] {
            case "App": ["APP", event["DestApp"] ?? ""]
            case "Link": ["LINK", event["LocalOneChannel"] ?? "", event["LocalTwoChannel"] ?? ""]
            default: ["BRIDGE", event["DestBridgeUniqueid"] ?? ""]
            }
        transfers[caller] = ("ATTENDEDTRANSFER", data)
    }

    private mutating func end(of caller: String, _ reason: String?) -> (name: String, data: [String]) {
        let transfer = transfers.removeValue(forKey: caller)
        switch reason {
        case "caller": return ("COMPLETECALLER", [])
        case "transfer": return transfer ?? ("ATTENDEDTRANSFER", ["BRIDGE", ""])
        default: return ("COMPLETEAGENT", [])
        }
    }

    /// The visit that an `AgentComplete` without a `Uniqueid` ends: Asterisk leaves the caller's fields out where the caller's
    /// channel is gone already (app_queue.c, `send_agent_complete`). The agent has one call of a queue at a time.
    private func answered(_ event: Message, by agent: String?) -> Place? {
        guard event.eventName == "AgentComplete", let queue = event["Queue"], let agent else { return nil }
        return visits.filter { $0.key.queue == queue && $0.value.agent == agent }.max {
            $0.value.since < $1.value.since
        }?.key
    }

    private func place(_ event: Message) -> Place? {
        guard let uniqueid = event.nonEmpty("Uniqueid"), let queue = event["Queue"] else { return nil }
        return Place(who: uniqueid, queue: queue)
    }

    /// A line. A bar or a line end in a name would make another field or line of it.
    static func line(
        _ time: Double,
        _ callid: String,
        _ queue: String?,
        _ agent: String?,
        _ name: String,
        _ data: [String]
    ) -> String {
        let fields = ["\(Int(time))", callid, queue ?? "NONE", agent ?? "NONE", name] + data
        return fields.map { field in String(field.map { $0 == "|" || $0.isNewline ? "_" : $0 }) }.joined(separator: "|")
    }
}
