import Base

extension Centre {
    /// The row of each agent who did anything in a period.
    func agentRows(_ period: Period) -> [JSON] {
        Agent.all.compactMap { agent in
            let own = sessions.filter { $0.agent.name == agent.name && period.seconds($0.begin, $0.left) > 0 }
            let rings = visits.flatMap(\.rings).filter { $0.agent.name == agent.name }
            let work = Work(
                period: period,
                sessions: own,
                answered: visits.filter { $0.agent?.name == agent.name && period.contains($0.entered) },
                // A ring that nobody answered belongs to the time at which it ended.
                missed: rings.filter { $0.how == .missed && period.contains($0.end) },
                canceled: rings.filter { $0.how == .canceled && period.contains($0.end) },
                outbound: calls.filter {
                    $0.direction == .outbound && $0.exten == agent.exten && period.contains($0.begin)
                }
            )
            guard !work.isEmpty else { return nil }
            let names: [(String, JSON)] = [
                ("agent", .string(agent.name)), ("extension", .string(agent.exten)),
                ("queues", .string(agent.queues.sorted().joined(separator: ";"))),
            ]
            return .object(period.columns + names + work.figures)
        }
    }
}

/// What an agent did in a period.
private struct Work {
    let period: Centre.Period
    let sessions: [Session]
    let answered: [Visit]
    let missed: [Ring]
    let canceled: [Ring]
    let outbound: [Call]

    var isEmpty: Bool { sessions.isEmpty && answered.isEmpty && missed.isEmpty && canceled.isEmpty && outbound.isEmpty }

    var figures: [(String, JSON)] {
        let login = sessions.map { period.seconds($0.begin, $0.left) }.reduce(0, +)
        let pause = sessions.flatMap(\.pauses).map { period.seconds($0.begin, $0.end) }.reduce(0, +)
        let talk = answered.map(\.talk).reduce(0, +)
        let busy = talk + answered.count * Centre.wrapUp
        let missedSeconds = seconds(missed)
        let answeredSeconds = seconds(answered.compactMap(\.rings.last))
        let isWhole = (sessions.allSatisfy { $0.begin >= period.begin }, sessions.allSatisfy { $0.left <= period.end })
        func time(_ second: Int?) -> JSON { second.map { .string(BerlinClock.iso8601($0)) } ?? .null }
        return [
            ("login_s", .integer(login)), ("pause_s", .integer(pause)), ("available_s", .integer(login - pause)),
            ("ring_s", .integer(missedSeconds + seconds(canceled) + answeredSeconds)), ("talk_s", .integer(talk)),
            ("wrap_s", .integer(busy - talk)), ("offered", .integer(answered.count + missed.count)),
            ("answered", .integer(answered.count)), ("ring_no_answer", .integer(missed.count)),
            ("ring_no_answer_s", .integer(missedSeconds)),
            ("answered_pct", Tenths.percent(answered.count, of: answered.count + missed.count)),
            ("transferred", .integer(answered.count { $0.passedTo != nil })),
            ("outbound_calls", .integer(outbound.count)),
            ("outbound_talk_s", .integer(outbound.map(\.talk).reduce(0, +))),
            ("aht_s", Tenths.quotient(busy, answered.count)),
            ("occupancy_pct", Tenths.percent(busy, of: login - pause)),
            ("utilisation_pct", Tenths.percent(busy, of: login)),
            ("calls_per_hour", Tenths.quotient(answered.count * 3600, login)),
            ("first_login", time(isWhole.0 ? sessions.map(\.begin).min() : nil)),
            ("last_logout", time(isWhole.1 ? sessions.map(\.left).max() : nil)),
            ("session_source", "members"), ("pbx", "main"),
        ]
    }

    private func seconds(_ rings: [Ring]) -> Int { rings.map { $0.end - $0.begin }.reduce(0, +) }
}
