import Base

extension Centre {
    /// The row of each queue in a period.
    func queueRows(_ period: Period) -> [JSON] {
        let used = Set(visits.map(\.queue.name))
        return CallQueue.all.filter { used.contains($0.name) }.map { queue in
            let inside = visits.filter { $0.queue.name == queue.name && period.contains($0.entered) }
            return .object(period.columns + [("queue", .string(queue.name))] + figures(inside, queue))
        }
    }

    private func figures(_ visits: [Visit], _ queue: CallQueue) -> [(String, JSON)] {
        let answered = visits.filter { $0.outcome == .answered }
        let abandoned = visits.filter { $0.outcome == .abandoned }
        func count(_ outcome: Visit.Outcome) -> JSON { .integer(visits.count { $0.outcome == outcome }) }
        let short = abandoned.count { $0.isShort }
        let waits = visits.map(\.wait)
        let talk = answered.map(\.talk).reduce(0, +)
        return [
            ("offered", .integer(visits.count)), ("answered", .integer(answered.count)),
            ("abandoned", .integer(abandoned.count)), ("abandoned_short", .integer(short)),
            ("timed_out", count(.timedOut)), ("exit_key", count(.exitKey)), ("exit_empty", count(.exitEmpty)),
            ("withdrawn", 0), ("unserved", 0), ("in_progress", 0),
            ("answered_pct", Tenths.percent(answered.count, of: visits.count)),
            ("abandoned_pct", Tenths.percent(abandoned.count - short, of: visits.count - short)),
            ("service_level_s", .integer(queue.serviceLevel)), ("service_level_variant", "offered"),
            ("service_level_pct", Tenths.percent(visits.count { $0.isInTime }, of: visits.count - short)),
            ("asa_s", Tenths.quotient(answered.map(\.wait).reduce(0, +), answered.count)),
            ("wait_avg_s", Tenths.quotient(waits.reduce(0, +), waits.count)),
            ("wait_p50_s", Tenths.percentile(5, of: waits)), ("wait_p90_s", Tenths.percentile(9, of: waits)),
            ("wait_max_s", waits.max().map { .integer($0) } ?? .null),
            ("abandon_wait_avg_s", Tenths.quotient(abandoned.map(\.wait).reduce(0, +), abandoned.count)),
            ("talk_total_s", .integer(talk)), ("talk_avg_s", Tenths.quotient(talk, answered.count)),
            ("aht_s", Tenths.quotient(talk + Self.wrapUp * answered.count, answered.count)),
            ("transferred", .integer(answered.count { $0.passedTo != nil })),
            ("unique_callers", .integer(Set(visits.compactMap { calls[$0.call].person?.number }).count)),
            ("source", "queue_log"), ("pbx", "main"),
            ("lost", .integer(visits.count - answered.count - short)),
            ("not_served", .integer(visits.count - answered.count - abandoned.count)),
        ]
    }
}
