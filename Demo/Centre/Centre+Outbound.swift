extension Centre {
    /// Whether somebody is not on the telephone already.
    func isFree(_ person: Person?, at second: Int) -> Bool {
        person.map { (onThePhone[$0.number] ?? 0) < second } ?? true
    }

    /// A new call. Its number is its place in the list.
    mutating func newCall(
        _ direction: Call.Direction,
        _ person: Person?,
        at second: Int,
        phone: String? = nil
    ) -> Int {
        let trunk = dice.chance(0.55) ? Trunk.berlin : dice.chance(0.7) ? Trunk.voice : Trunk.mobile
        let channel = channel(phone ?? trunk.name, at: second)
        var call = Call(number: calls.count, direction: direction, person: person, begin: second, channel: channel)
        (call.trunk, call.end) = (trunk, second)
        calls.append(call)
        return call.number
    }

    mutating func finish(_ call: Int) {
        if let person = calls[call].person { onThePhone[person.number] = calls[call].end + 1 }
    }

    /// A phone rings at once; somebody answers it, or not.
    mutating func connect(_ call: Int, busyUntil: Int, answers: Double, ring: ClosedRange<Int>, talk: Int) {
        let begin = calls[call].begin
        if busyUntil >= begin {
            calls[call].disposition = .busy
            calls[call].end = begin + 2
        } else if dice.chance(answers) {
            calls[call].disposition = .answered
            calls[call].answered = begin + dice.int(ring)
            calls[call].talk = 8 + dice.span(mean: talk)
            calls[call].end = (calls[call].answered ?? begin) + calls[call].talk
        } else {
            calls[call].disposition = .noAnswer
            calls[call].end = begin + dice.int(18...30)
        }
    }

    /// A free agent calls somebody. A person who is not reached is called again, if tries are left.
    mutating func callOut(to person: Person, _ tries: Int, at second: Int) {
        guard isFree(person, at: second) else { return plan(.callOut(person, tries: tries), at: second + 1200) }
        var free: [(Int, Int)] = []
        for session in sessions.indices where isAtWork(session, second) && sessions[session].agent.shift != .night {
            if let begin = sessions[session].nextFree(second), begin < second + 900 { free.append((session, begin)) }
        }
        // The one who is free first; of two, the one who has been free longer.
        let earlier = { (one: (Int, Int), other: (Int, Int)) in
            (one.1, self.sessions[one.0].freeAt) < (other.1, self.sessions[other.0].freeAt)
        }
        guard let (session, begin) = free.min(by: earlier) else {
            if Self.hours(BerlinClock.day(second)).contains(BerlinClock.hour(second)) {
                plan(.callOut(person, tries: tries), at: second + 1500)
            }
            return
        }
        let agent = sessions[session].agent
        let call = newCall(.outbound, person, at: begin, phone: agent.exten)
        calls[call].exten = agent.exten
        if dice.chance(0.03) {
            calls[call].disposition = .failed
            calls[call].end = begin + 1
        } else {
            connect(call, busyUntil: dice.chance(0.08) ? begin : 0, answers: 0.55, ring: 4...19, talk: 140)
        }
        sessions[session].freeAt = calls[call].end + 5
        write(outbound: call, agent)
        finish(call)
        if calls[call].disposition != .answered, tries > 1 {
            plan(.callOut(person, tries: tries - 1), at: calls[call].end + 1800 + dice.span(mean: 5400))
        }
    }
}
