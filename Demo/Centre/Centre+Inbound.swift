extension Centre {
    /// Somebody calls, hears the announcement, and enters a queue or hangs up.
    mutating func callQueue(_ person: Person?, _ queue: CallQueue, at second: Int) {
        guard isFree(person, at: second) else { return }
        let call = newCall(.inbound, person, at: second)
        calls[call].caller = person?.spelled(by: calls[call].trunk) ?? "anonymous"
        calls[call].did = queue.did
        let announcement = queue.name == "vip" ? 2 : dice.int(5...14)
        let isOpen = sessions.indices.contains {
            isAtWork($0, second) && sessions[$0].agent.queues.contains(queue.name)
        }
        if !isOpen || queue.name != "vip" && dice.chance(0.02) {
            // The announcement is enough, or says that nobody is there.
            calls[call].disposition = .answered
            calls[call].answered = second
            calls[call].end = second + announcement
            // The PBX served the caller.
            calls[call].talk = announcement
            write(menu: call, queue, until: second + announcement)
            return finish(call)
        }
        enter(call, queue, at: second + announcement)
    }

    /// A caller waits in a queue until an agent answers, or patience or time ends.
    mutating func enter(_ call: Int, _ queue: CallQueue, at entered: Int) {
        let ahead = visits.suffix(80).filter { $0.queue.name == queue.name && $0.left > entered }.count
        var visit = Visit(call: call, queue: queue, entered: entered, position: ahead + 1)
        let (limit, reason) = patience(in: queue)
        let gone = entered + limit
        var now = entered
        while visit.outcome == .abandoned, visit.left == 0 {
            guard let (session, begin) = firstFree(queue, now), begin < gone else {
                (visit.outcome, visit.left) = leaving(visit, reason, gone)
                break
            }
            let ring = ring(sessions[session].agent, from: begin, until: gone, reason)
            visit.rings.append(ring)
            switch ring.how {
            case .answered:
                visit.outcome = .answered
                visit.left = ring.end
                visit.talk = 12 + dice.span(mean: queue.meanTalk)
                visit.agentHangsUp = dice.chance(0.4)
                sessions[session].freeAt = visit.ended + Self.wrapUp
            case .missed where ring.end == gone, .canceled:
                // Nobody presses a key while a phone rings.
                (visit.outcome, visit.left) = (reason == .exitKey ? .abandoned : reason, gone)
                sessions[session].freeAt = gone + 1
            case .missed:
                sessions[session].freeAt = ring.end + 2
                now = ring.end + 1
            }
        }
        let left = visit.left
        visit.lastPosition =
            1 + visits.suffix(80).filter { $0.queue.name == queue.name && $0.entered < entered && $0.left > left }.count
        if visit.outcome == .answered { passOn(&visit) }
        visits.append(visit)
        after(visit)
    }

    /// Seconds of work after a call, in which the queue does not call the agent.
    static var wrapUp: Int { 15 }

    /// After how many seconds the caller leaves, and why.
    private mutating func patience(in queue: CallQueue) -> (Int, Visit.Outcome) {
        if dice.chance(0.025) { return (dice.int(1...4), .abandoned) }
        let patience = 30 + dice.span(mean: 190)
        if queue.offersCallBack, patience > 60, dice.chance(0.12) { return (dice.int(46...60), .exitKey) }
        return patience < queue.timeout ? (patience, .abandoned) : (queue.timeout, .timedOut)
    }

    /// The member of the queue who can be called first; of two, the one who has waited longer.
    private mutating func firstFree(_ queue: CallQueue, _ time: Int) -> (Int, Int)? {
        var best: (session: Int, begin: Int)?
        for session in sessions.indices where isAtWork(session, time) {
            guard sessions[session].agent.queues.contains(queue.name), let begin = sessions[session].nextFree(time)
            else { continue }
            guard let known = best else {
                best = (session, begin)
                continue
            }
            let isLonger = begin == known.begin && sessions[session].freeAt < sessions[known.session].freeAt
            if begin < known.begin || isLonger { best = (session, begin) }
        }
        return best.map { ($0.session, $0.begin) }
    }

    func isAtWork(_ session: Int, _ time: Int) -> Bool {
        sessions[session].begin <= time && time < max(sessions[session].end, sessions[session].freeAt)
    }

    /// How the visit ends if no agent answers: at the latest when the last one goes home.
    private func leaving(_ visit: Visit, _ reason: Visit.Outcome, _ gone: Int) -> (Visit.Outcome, Int) {
        let last =
            sessions.filter { $0.agent.queues.contains(visit.queue.name) && $0.begin < gone }
            .map { max($0.end, $0.freeAt) }.max() ?? gone
        let ring = visit.rings.last?.end ?? visit.entered
        return last < gone ? (.exitEmpty, max(last, ring + 1)) : (reason, gone)
    }

    private mutating func ring(_ agent: Agent, from begin: Int, until gone: Int, _ reason: Visit.Outcome) -> Ring {
        let channel = channel(agent.exten, at: begin)
        let fate = dice.fraction()
        let isMissed = fate < agent.missed + agent.refused
        let length = fate < agent.missed ? 15 : isMissed ? dice.int(1...3) : 2 + dice.span(mean: 4)
        let end = begin + min(length, 15)
        guard end < gone else {
            // Asterisk says RINGNOANSWER if the queue's time is over, and RINGCANCELED if the caller leaves.
            return Ring(
                agent: agent,
                channel: channel,
                begin: begin,
                end: gone,
                how: reason == .timedOut ? .missed : .canceled
            )
        }
        return Ring(
            agent: agent,
            channel: channel,
            begin: begin,
            end: end,
            how: isMissed || length > 15 ? .missed : .answered
        )
    }

    /// Some callers are passed on: to an office, or from support to billing.
    private mutating func passOn(_ visit: inout Visit) {
        let hour = BerlinClock.hour(visit.ended)
        guard visit.talk > 40, hour >= 9, hour < 18 else { return }
        if visit.queue.name == "support", dice.chance(0.025) {
            visit.passedTo = CallQueue.billing.exten
        } else if dice.chance(0.045) {
            let free = Office.all.filter { (officeBusy[$0.exten] ?? 0) < visit.ended }
            visit.passedTo = free.isEmpty ? nil : dice.pick(free).exten
        }
    }

    /// What follows a visit, for the call and for the caller.
    private mutating func after(_ visit: Visit) {
        let call = visit.call
        write(visit)
        if visit.outcome == .answered {
            if calls[call].answered == nil { calls[call].answered = visit.left }
            calls[call].disposition = .answered
            calls[call].talk += visit.talk
            calls[call].end = visit.ended
            if visit.passedTo == CallQueue.billing.exten {
                if let person = calls[call].person { onThePhone[person.number] = visit.ended + 7200 }
                return plan(.enter(call: call, .billing), at: visit.ended + 1)
            }
            if let office = Office.all.first(where: { $0.exten == visit.passedTo }) {
                talk(call, with: office, after: visit)
            }
            return finish(call)
        }
        calls[call].end = visit.left
        switch visit.outcome {
        case .timedOut: leaveMessage(call, after: visit)
        case .exitKey: write(goodbye: call, after: visit, seconds: 4, "Playback", "call-back-soon", "queue-callback")
        case .exitEmpty: write(goodbye: call, after: visit, seconds: 3, "Playback", "closed", "queue-closed")
        default: break
        }
        finish(call)
        if visit.outcome != .abandoned || visit.wait >= 5 { followUp(visit) }
    }

    private mutating func leaveMessage(_ call: Int, after visit: Visit) {
        write(
            goodbye: call,
            after: visit,
            seconds: dice.int(6...40),
            "VoiceMail",
            "\(visit.queue.exten)@queues,u",
            "queue-vm"
        )
    }

    /// The office's phone rings, and the caller talks to somebody there.
    private mutating func talk(_ call: Int, with office: Office, after visit: Visit) {
        // The ringing is part of it, because the caller's channel is up, so that the record cannot say when the office answered.
        let seconds = dice.int(2...9) + 20 + dice.span(mean: 110)
        calls[call].talk += seconds
        calls[call].end = visit.ended + seconds
        officeBusy[office.exten] = calls[call].end + 1
        write(passing: call, to: office, from: visit.ended)
    }

    /// Callers who were lost call again, are called back, or neither.
    private mutating func followUp(_ visit: Visit) {
        guard let person = calls[visit.call].person else { return }
        let now = calls[visit.call].end
        let fate = dice.fraction()
        if visit.outcome == .exitKey || visit.outcome == .timedOut && fate < 0.75 {
            plan(.callOut(person, tries: 3), at: now + 120 + dice.span(mean: 1200))
        } else if fate < 0.3 {
            plan(.callQueue(person, visit.queue), at: now + 20 + dice.span(mean: 500))
        } else if fate < 0.62 {
            plan(.callOut(person, tries: 2), at: now + 600 + dice.span(mean: 4000))
        }
    }

    // MARK: Calls to an office

    /// Somebody calls the number of an office.
    mutating func callOffice(_ person: Person?, _ office: Office, at second: Int) {
        guard isFree(person, at: second) else { return }
        let call = newCall(.inbound, person, at: second)
        calls[call].caller = person?.spelled(by: calls[call].trunk) ?? "anonymous"
        calls[call].did = office.did
        calls[call].exten = office.exten
        connect(call, busyUntil: officeBusy[office.exten] ?? 0, answers: 0.7, ring: 4...22, talk: 100)
        officeBusy[office.exten] = max(calls[call].end + 1, officeBusy[office.exten] ?? 0)
        write(direct: call, to: office)
        finish(call)
    }

    /// Somebody in an office calls somebody in another.
    mutating func callColleague(_ from: Office, _ to: Office, at second: Int) {
        guard (officeBusy[from.exten] ?? 0) < second else { return }
        let call = newCall(.internal, nil, at: second, phone: from.exten)
        calls[call].exten = from.exten
        connect(call, busyUntil: officeBusy[to.exten] ?? 0, answers: 0.75, ring: 2...15, talk: 60)
        officeBusy[from.exten] = calls[call].end + 1
        officeBusy[to.exten] = max(calls[call].end + 1, officeBusy[to.exten] ?? 0)
        write(colleagues: call, from, to)
        finish(call)
    }
}
