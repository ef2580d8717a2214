extension Centre {
    /// A leg of a call's own channel.
    private mutating func leg(_ call: Int, from start: Int, to end: Int) -> Leg {
        let call = calls[call]
        var leg = Leg(channel: call.channel, start: start, end: end, sequence: nextSequence())
        leg.source = call.caller
        leg.caller = "\"\(call.person?.shown ?? "")\" <\(call.caller)>"
        leg.linkedid = call.channel.uniqueid
        leg.answer = start
        return leg
    }

    /// `q-support-03023125017-20261021-101512-nord-1792570512.17.wav`, as FreePBX names recordings.
    private func recording(_ kind: String, _ number: String, _ call: Int, at second: Int) -> String {
        let digits = BerlinClock.text(second).filter(\.isNumber)
        return "\(kind)-\(number)-\(digits.prefix(8))-\(digits.suffix(6))-\(calls[call].channel.uniqueid).wav"
    }

    /// The PBX answers, and the caller hears the announcement and hangs up.
    mutating func write(menu call: Int, _ queue: CallQueue, until end: Int) {
        var leg = leg(call, from: calls[call].begin, to: end)
        (leg.destination, leg.context, leg.did) = ("s", "ivr-main", queue.did)
        (leg.application, leg.data) = ("BackGround", "welcome")
        legs.append(leg)
    }

    /// When the leg begins in which the caller is in the queue: with the call, unless an agent passed the caller on.
    private func start(of visit: Visit) -> Int {
        visits.contains { $0.call == visit.call && $0.entered < visit.entered }
            ? visit.entered : calls[visit.call].begin
    }

    /// A leg for each phone that rang, or one without a phone. The PBX has no record of waiting after the last phone rang.
    mutating func write(_ visit: Visit) {
        let isFollowed = [.timedOut, .exitKey, .exitEmpty].contains(visit.outcome)
        var start = start(of: visit)
        for ring in visit.rings {
            let end = ring.how == .answered ? visit.ended : ring.end
            var leg = queueLeg(visit, from: start, to: end)
            leg.far = ring.channel.name
            switch ring.how {
            case .answered:
                leg.recording = recording("q-\(visit.queue.name)", leg.source, visit.call, at: visit.left)
            // A phone that rejects the call is busy.
            case .missed where ring.end - ring.begin < 4: leg.disposition = "BUSY"
            default: leg.disposition = "NO ANSWER"
            }
            legs.append(leg)
            start = ring.end + 1
        }
        guard visit.rings.isEmpty, !isFollowed else { return }
        legs.append(queueLeg(visit, from: start, to: visit.left))
    }

    private mutating func queueLeg(_ visit: Visit, from start: Int, to end: Int) -> Leg {
        var leg = leg(visit.call, from: start, to: end)
        (leg.destination, leg.context, leg.did) = (visit.queue.exten, "ext-queues", visit.queue.did)
        (leg.application, leg.data) = ("Queue", "\(visit.queue.name),t,,,\(visit.queue.timeout)")
        return leg
    }

    /// What the dialplan does after the queue. If no phone rang, the same record goes on.
    mutating func write(
        goodbye call: Int,
        after visit: Visit,
        seconds: Int,
        _ application: String,
        _ data: String,
        _ context: String
    ) {
        let end = visit.left + seconds
        var leg = leg(call, from: visit.rings.isEmpty ? start(of: visit) : visit.left, to: end)
        (leg.destination, leg.context, leg.did) = (visit.outcome == .exitKey ? "1" : "s", context, visit.queue.did)
        (leg.application, leg.data) = (application, data)
        legs.append(leg)
        calls[call].end = end
    }

    /// An agent passed the caller on to an office.
    mutating func write(passing call: Int, to office: Office, from start: Int) {
        var leg = leg(call, from: start, to: calls[call].end)
        (leg.destination, leg.context, leg.far) = (office.exten, "from-internal", channel(office.exten, at: start).name)
        (leg.application, leg.data) = ("Dial", "PJSIP/\(office.exten),30,t")
        legs.append(leg)
    }

    mutating func write(direct call: Int, to office: Office) {
        var leg = dialled(call)
        (leg.destination, leg.context, leg.did) = (office.exten, "from-trunk", office.did)
        (leg.far, leg.data) = (channel(office.exten, at: leg.start).name, "PJSIP/\(office.exten),30,t")
        legs.append(leg)
    }

    mutating func write(colleagues call: Int, _ from: Office, _ to: Office) {
        var leg = dialled(call)
        (leg.source, leg.caller) = (from.exten, "\"\(from.name)\" <\(from.exten)>")
        (leg.destination, leg.context) = (to.exten, "from-internal")
        (leg.far, leg.data) = (channel(to.exten, at: leg.start).name, "PJSIP/\(to.exten),30")
        legs.append(leg)
    }

    mutating func write(outbound call: Int, _ agent: Agent) {
        var leg = dialled(call)
        let (trunk, number) = (calls[call].trunk.name, calls[call].person?.national ?? "")
        (leg.source, leg.caller) = (agent.exten, "\"\(agent.name)\" <\(agent.exten)>")
        (leg.destination, leg.context) = (number, "from-internal")
        (leg.far, leg.data) = (channel(trunk, at: leg.start).name, "PJSIP/\(number)@\(trunk),60,Tt")
        if calls[call].disposition == .answered {
            leg.recording = recording("out-\(number)", agent.exten, call, at: leg.start)
        }
        legs.append(leg)
    }

    /// A phone was dialled that the PBX did not answer for.
    private mutating func dialled(_ call: Int) -> Leg {
        var leg = leg(call, from: calls[call].begin, to: calls[call].end)
        leg.answer = calls[call].answered
        leg.application = "Dial"
        switch calls[call].disposition {
        case .answered: leg.disposition = "ANSWERED"
        case .noAnswer: leg.disposition = "NO ANSWER"
        case .busy: leg.disposition = "BUSY"
        case .failed: leg.disposition = "FAILED"
        }
        return leg
    }
}
