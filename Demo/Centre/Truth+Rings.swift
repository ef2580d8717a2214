import Base

extension Centre {
    /// The row of each agent and queue in a period: how often the phone rang.
    func ringRows(_ period: Period) -> [JSON] {
        Agent.all.flatMap { agent in
            CallQueue.all.compactMap { queue in
                let inside = visits.filter { $0.queue.name == queue.name }
                let rings = inside.flatMap(\.rings).filter { $0.agent.name == agent.name && period.contains($0.end) }
                let answered = inside.count { $0.agent?.name == agent.name && period.contains($0.entered) }
                let missed = rings.filter { $0.how == .missed }
                let canceled = rings.count { $0.how == .canceled }
                guard answered + missed.count + canceled > 0 else { return nil }
                let ringing = missed.map { $0.end - $0.begin }.reduce(0, +)
                return .object(
                    period.columns.filter { $0.0 != "timezone" } + [
                        ("agent", .string(agent.name)), ("queue", .string(queue.name)),
                        ("rings", .integer(answered + missed.count + canceled)), ("answered", .integer(answered)),
                        ("missed", .integer(missed.count)),
                        ("refused", .integer(missed.count { $0.end - $0.begin < 2 })),
                        ("canceled", .integer(canceled)),
                        ("answered_pct", Tenths.percent(answered, of: answered + missed.count)),
                        ("missed_ring_s", .integer(ringing)),
                        ("missed_ring_avg_s", Tenths.quotient(ringing, missed.count)), ("pbx", "main"),
                    ]
                )
            }
        }
    }

    /// The row of each agent and reason in a period.
    func pauseRows(_ period: Period) -> [JSON] {
        Agent.all.flatMap { agent -> [JSON] in
            let own = sessions.filter { $0.agent.name == agent.name }
            let login = own.map { period.seconds($0.begin, $0.left) }.reduce(0, +)
            let pauses = own.flatMap(\.pauses).filter { period.seconds($0.begin, $0.end) > 0 }
            let all = pauses.map { period.seconds($0.begin, $0.end) }.reduce(0, +)
            return Dictionary(grouping: pauses) { $0.reason }.map { reason, pauses in
                let lengths = pauses.map { period.seconds($0.begin, $0.end) }
                let paused = lengths.reduce(0, +)
                return .object(
                    period.columns.filter { $0.0 != "timezone" } + [
                        ("agent", .string(agent.name)), ("reason", .string(reason)),
                        ("pauses", .integer(pauses.count { period.contains($0.begin) })), ("pause_s", .integer(paused)),
                        ("pause_max_s", .integer(lengths.max() ?? 0)), ("pause_pct", Tenths.percent(paused, of: all)),
                        ("login_pct", Tenths.percent(paused, of: login)), ("pbx", "main"),
                    ]
                )
            }
        }
    }
}
