extension Centre {
    /// The queue_log, with `log_membername_as_agent=yes`. The fields of every event are those that app_queue.c writes.
    var queueLog: String {
        var log = QueueLogLines()
        log.add(begin, "NONE", "NONE", "NONE", "QUEUESTART", [""])
        for session in sessions { log.add(session) }
        for visit in visits { log.add(visit, calls[visit.call]) }
        return log.text
    }
}

/// Lines in the order of time; lines of one second in the order in which they were added.
private struct QueueLogLines {
    private var lines: [(second: Int, line: String)] = []

    var text: String {
        lines.enumerated().sorted { ($0.element.second, $0.offset) < ($1.element.second, $1.offset) }
            .map { $0.element.line + "\n" }.joined()
    }

    mutating func add(
        _ second: Int,
        _ call: String,
        _ queue: String,
        _ agent: String,
        _ event: String,
        _ data: [String]
    ) {
        lines.append((second, (["\(second)", call, queue, agent, event] + data).joined(separator: "|")))
    }

    mutating func add(_ session: Session) {
        let agent = session.agent
        for queue in agent.queues { add(session.begin, "MANAGER", queue, agent.name, "ADDMEMBER", [""]) }
        for pause in session.pauses {
            // A pause in all queues is a line for each of them, and one for all.
            for queue in agent.queues { add(pause.begin, "NONE", queue, agent.name, "PAUSE", [pause.reason]) }
            add(pause.begin, "NONE", "NONE", agent.name, "PAUSEALL", [pause.reason])
            for queue in agent.queues { add(pause.end, "NONE", queue, agent.name, "UNPAUSE", [""]) }
            add(pause.end, "NONE", "NONE", agent.name, "UNPAUSEALL", [""])
        }
        for queue in agent.queues { add(session.left, "MANAGER", queue, agent.name, "REMOVEMEMBER", [""]) }
    }

    mutating func add(_ visit: Visit, _ call: Call) {
        let (id, queue) = (call.channel.uniqueid, visit.queue.name)
        add(visit.entered, id, queue, "NONE", "ENTERQUEUE", ["", call.caller, "\(visit.position)"])
        for ring in visit.rings where ring.how != .answered {
            let event = ring.how == .missed ? "RINGNOANSWER" : "RINGCANCELED"
            add(ring.end, id, queue, ring.agent.name, event, ["\((ring.end - ring.begin) * 1000)"])
        }
        let places = ["\(visit.lastPosition)", "\(visit.position)", "\(visit.wait)"]
        switch visit.outcome {
        case .answered: add(talk: visit, id)
        case .abandoned: add(visit.left, id, queue, "NONE", "ABANDON", places)
        case .timedOut: add(visit.left, id, queue, "NONE", "EXITWITHTIMEOUT", places)
        case .exitKey: add(visit.left, id, queue, "NONE", "EXITWITHKEY", ["1"] + places)
        case .exitEmpty: add(visit.left, id, queue, "NONE", "EXITEMPTY", places)
        }
    }

    private mutating func add(talk visit: Visit, _ id: String) {
        guard let ring = visit.rings.last else { return }
        let (queue, agent) = (visit.queue.name, ring.agent.name)
        add(
            visit.left,
            id,
            queue,
            agent,
            "CONNECT",
            ["\(visit.wait)", ring.channel.uniqueid, "\(ring.end - ring.begin)"]
        )
        let lengths = ["\(visit.wait)", "\(visit.talk)", "\(visit.position)"]
        if let exten = visit.passedTo {
            let context = exten == CallQueue.billing.exten ? "ext-queues" : "from-internal"
            add(visit.ended, id, queue, agent, "BLINDTRANSFER", [exten, context] + lengths)
        } else {
            add(visit.ended, id, queue, agent, visit.agentHangsUp ? "COMPLETEAGENT" : "COMPLETECALLER", lengths)
        }
    }
}

extension Session {
    /// When the agent logs out.
    var left: Int { max(end, freeAt) }
}
