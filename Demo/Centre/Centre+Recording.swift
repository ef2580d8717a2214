import Base

extension Centre {
    /// The events of the manager interface in the busy hour of support, for a board that moves without a PBX.
    ///
    /// It begins at 7:04. `serve --skip 11460` takes in what happened before 10:15 at once, so that the board begins with the figures of
    /// the morning, and with callers who wait.
    var recording: String {
        let from = BerlinClock.second(days[9], hour: 7, minute: 4)
        let morning = from..<from + 3 * 3600 + 50 * 60
        var recorder = Recorder()
        for session in sessions where morning.contains(session.begin) { recorder.add(session) }
        for visit in visits where morning.contains(visit.entered) {
            recorder.add(
                visit,
                calls[visit.call],
                isLast: !visits.contains { $0.call == visit.call && $0.entered > visit.entered }
            )
        }
        for call in calls where call.direction == .outbound && morning.contains(call.begin) {
            recorder.add(call, Agent.all.first { $0.exten == call.exten })
        }
        return recorder.text(from: from, until: morning.upperBound)
    }
}

/// Events with the fields that Asterisk 22 gives them, as far as somebody reads them.
struct Recorder: Sendable {
    private typealias Field = (String, String)
    private var events: [(second: Int, text: String)] = []

    func text(from: Int, until: Int) -> String {
        let boot = Self.text("FullyBooted", from, 0, [("Uptime", "1209600"), ("Status", "Fully Booted")])
        let sorted = events.enumerated().filter { $0.element.second < until }
            .sorted { ($0.element.second, $0.offset) < ($1.element.second, $1.offset) }
        return boot + sorted.map(\.element.text).joined()
    }

    private mutating func add(_ second: Int, _ event: String, _ fields: [Field]) {
        events.append((second, Self.text(event, second, events.count, fields)))
    }

    private static func text(_ event: String, _ second: Int, _ number: Int, _ fields: [Field]) -> String {
        let fraction = String(1_000_000 + number % 1_000_000).dropFirst()
        let head: [Field] = [("Event", event), ("Privilege", "call,all"), ("Timestamp", "\(second).\(fraction)")]
        return (head + fields).map { "\($0): \($1)\r\n" }.joined() + "\r\n"
    }

    // MARK: Agents

    mutating func add(_ session: Session) {
        let agent = session.agent
        for queue in agent.queues {
            add(session.begin, "QueueMemberAdded", Self.member(agent, queue, since: session.begin))
        }
        for pause in session.pauses {
            for queue in agent.queues {
                let fields = Self.member(agent, queue, since: session.begin)
                add(pause.begin, "QueueMemberPause", fields + [("Paused", "1"), ("PausedReason", pause.reason)])
                add(pause.end, "QueueMemberPause", fields + [("Paused", "0"), ("PausedReason", "")])
            }
        }
        for queue in agent.queues {
            add(session.left, "QueueMemberRemoved", Self.member(agent, queue, since: session.begin))
        }
    }

    private static func member(_ agent: Agent, _ queue: String, since: Int? = nil) -> [Field] {
        [
            ("Queue", queue), ("MemberName", agent.name), ("Interface", "PJSIP/\(agent.exten)"),
            ("StateInterface", "PJSIP/\(agent.exten)"), ("Membership", "dynamic"), ("Penalty", "0"),
        ] + (since.map { [("LoginTime", "\($0)"), ("Status", "1"), ("InCall", "0")] } ?? [])
    }

    /// 1 not in use, 2 in use, 6 ringing.
    private mutating func state(_ agent: Agent, _ status: Int, at second: Int) {
        for queue in agent.queues {
            let isInCall = status == 2 ? "1" : "0"
            add(
                second,
                "QueueMemberStatus",
                Self.member(agent, queue) + [("Status", "\(status)"), ("InCall", isInCall)]
            )
        }
    }

    // MARK: Calls

    private static func fields(
        _ channel: Channel,
        _ call: Call,
        isUp: Bool,
        exten: String,
        _ prefix: String = ""
    ) -> [Field] {
        let isCaller = channel.uniqueid == call.channel.uniqueid
        let outside = (
            call.direction == .outbound ? call.person?.national ?? "" : call.caller, call.person?.shown ?? ""
        )
        let inside = (exten, "")
        let own = isCaller == (call.direction == .inbound) ? outside : inside
        let other = isCaller == (call.direction == .inbound) ? inside : outside
        return [
            ("Channel", channel.name), ("ChannelState", isUp ? "6" : "5"),
            ("ChannelStateDesc", isUp ? "Up" : "Ringing"),
            ("CallerIDNum", own.0), ("CallerIDName", own.1), ("ConnectedLineNum", other.0),
            ("ConnectedLineName", other.1),
            ("Context", call.direction == .inbound ? "ext-queues" : "from-internal"), ("Exten", exten),
            ("Priority", "1"),
            ("Uniqueid", channel.uniqueid), ("Linkedid", call.channel.uniqueid),
        ].map { (prefix + $0.0, $0.1) }
    }

    mutating func add(_ visit: Visit, _ call: Call, isLast: Bool) {
        let caller = Self.fields(call.channel, call, isUp: true, exten: visit.queue.exten)
        let queue: [Field] = [("Queue", visit.queue.name)]
        if call.begin + 20 > visit.entered { add(call.begin, "Newchannel", caller) }
        add(
            visit.entered,
            "QueueCallerJoin",
            caller + queue + [("Position", "\(visit.position)"), ("Count", "\(visit.position)")]
        )
        for ring in visit.rings { add(ring, visit, call, caller + queue) }
        let places: [Field] = [
            ("Position", "\(visit.lastPosition)"), ("OriginalPosition", "\(visit.position)"),
            ("HoldTime", "\(visit.wait)"),
        ]
        let leave = caller + queue + [("Position", "\(visit.lastPosition)"), ("Count", "\(visit.lastPosition - 1)")]
        switch visit.outcome {
        case .answered: break
        case .exitKey:
            add(visit.left, "QueueCallerLeave", leave)
            add(
                visit.left,
                "Newexten",
                caller.map { $0.0 == "Exten" ? ("Exten", "1") : $0 } + [("Application", "Playback")]
            )
        default:
            add(visit.left, "QueueCallerAbandon", caller + queue + places)
            add(visit.left, "QueueCallerLeave", leave)
            let words: [Visit.Outcome: String] = [.timedOut: "TIMEOUT", .exitEmpty: "LEAVEEMPTY"]
            if let word = words[visit.outcome] {
                add(visit.left, "VarSet", caller + [("Variable", "QUEUESTATUS"), ("Value", word)])
            }
        }
        if isLast {
            add(max(call.end, visit.left), "Hangup", caller + [("Cause", "16"), ("Cause-txt", "Normal Clearing")])
        }
    }

    private mutating func add(_ ring: Ring, _ visit: Visit, _ call: Call, _ caller: [Field]) {
        let phone = Self.fields(ring.channel, call, isUp: false, exten: ring.agent.exten)
        let far = Self.fields(ring.channel, call, isUp: false, exten: ring.agent.exten, "Dest")
        let member = Self.member(ring.agent, visit.queue.name)
        let both = caller + far + member.filter { $0.0 != "Queue" }
        add(ring.begin, "Newchannel", phone)
        add(ring.begin, "AgentCalled", both)
        add(ring.begin, "DialBegin", caller.filter { $0.0 != "Queue" } + far)
        state(ring.agent, 6, at: ring.begin)
        let length = ring.end - ring.begin
        let result = [Ring.End.answered: "ANSWER", .missed: "NOANSWER", .canceled: "CANCEL"][ring.how] ?? ""
        add(ring.end, "DialEnd", caller.filter { $0.0 != "Queue" } + far + [("DialStatus", result)])
        guard ring.how == .answered else {
            if ring.how == .missed { add(ring.end, "AgentRingNoAnswer", both + [("RingTime", "\(length * 1000)")]) }
            add(ring.end, "Hangup", phone + [("Cause", "16")])
            return state(ring.agent, 1, at: ring.end)
        }
        add(
            ring.end,
            "QueueCallerLeave",
            caller + [("Position", "\(visit.lastPosition)"), ("Count", "\(visit.lastPosition - 1)")]
        )
        add(ring.end, "AgentConnect", both + [("HoldTime", "\(visit.wait)"), ("RingTime", "\(length)")])
        bridge(
            caller.filter { $0.0 != "Queue" },
            Self.fields(ring.channel, call, isUp: true, exten: ring.agent.exten),
            at: ring.end
        )
        state(ring.agent, 2, at: ring.end)
        let reason = visit.passedTo != nil ? "transfer" : visit.agentHangsUp ? "agent" : "caller"
        add(
            visit.ended,
            "AgentComplete",
            both + [("HoldTime", "\(visit.wait)"), ("TalkTime", "\(visit.talk)"), ("Reason", reason)]
        )
        add(visit.ended, "Hangup", phone + [("Cause", "16")])
        state(ring.agent, 1, at: visit.ended)
    }

    private mutating func bridge(_ one: [Field], _ other: [Field], at second: Int) {
        let id = one.first { $0.0 == "Uniqueid" }?.1 ?? ""
        for (count, fields) in [one, other].enumerated() {
            let bridge: [Field] = [
                ("BridgeUniqueid", "b-\(id)"), ("BridgeType", "basic"), ("BridgeNumChannels", "\(count + 1)"),
            ]
            add(second, "BridgeEnter", bridge + fields)
        }
    }

    mutating func add(_ call: Call, _ agent: Agent?) {
        guard let agent else { return }
        let number = call.person?.national ?? ""
        let far = Channel(
            name: "PJSIP/\(call.trunk.name)-f\(call.channel.name.suffix(7))",
            uniqueid: call.channel.uniqueid + "1"
        )
        let own = Self.fields(call.channel, call, isUp: true, exten: agent.exten)
        let phone = Self.fields(far, call, isUp: false, exten: number)
        let both = own + Self.fields(far, call, isUp: false, exten: number, "Dest")
        add(call.begin, "Newchannel", own)
        add(call.begin, "Newchannel", phone)
        add(call.begin, "DialBegin", both)
        state(agent, 2, at: call.begin)
        let results: [Call.Disposition: String] = [.noAnswer: "NOANSWER", .busy: "BUSY", .failed: "CONGESTION"]
        let answered = call.answered ?? call.end
        add(answered, "DialEnd", both + [("DialStatus", results[call.disposition] ?? "ANSWER")])
        if call.answered != nil { bridge(own, Self.fields(far, call, isUp: true, exten: number), at: answered) }
        add(call.end, "Hangup", phone + [("Cause", "16")])
        add(call.end, "Hangup", own + [("Cause", "16")])
        state(agent, 1, at: call.end)
    }
}
