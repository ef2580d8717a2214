import Base

extension Centre {
    /// The row of each hour of the week in which somebody came to a queue.
    func hourRows() -> [JSON] {
        let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let hours = Dictionary(grouping: visits) {
            [BerlinClock.day($0.entered).weekday, BerlinClock.hour($0.entered)]
        }
        return hours.map { hour, visits in
            let answered = visits.filter { $0.outcome == .answered }
            let short = visits.count { $0.isShort }
            let lost = visits.count - answered.count - short
            let weeks = days.count { $0.weekday == hour[0] }
            return .object([
                ("weekday", .string(names[hour[0]])), ("hour", .string((hour[1] < 10 ? "0" : "") + "\(hour[1]):00")),
                ("days", .integer(weeks)), ("offered", .integer(visits.count)),
                ("offered_avg", Tenths.quotient(visits.count, weeks)), ("answered", .integer(answered.count)),
                ("lost", .integer(lost)), ("short", .integer(short)), ("in_progress", 0),
                ("lost_pct", Tenths.percent(lost, of: visits.count - short)),
                ("in_time_pct", Tenths.percent(visits.count { $0.isInTime }, of: visits.count - short)),
                ("asa_s", Tenths.quotient(answered.map(\.wait).reduce(0, +), answered.count)),
                ("wait_p90_s", Tenths.percentile(9, of: visits.map(\.wait))),
                ("aht_s", Tenths.quotient(answered.map(\.talk).reduce(0, +), answered.count)),
            ])
        }
    }

    /// The row of each half hour and queue with visits. What Erlang's formulas make of it is tested where they are.
    func agentsNeededRows() -> [JSON] {
        CallQueue.all.flatMap { queue -> [JSON] in
            let own = visits.filter { $0.queue.name == queue.name }
            let members = sessions.filter { $0.agent.queues.contains(queue.name) }
            let waiting = own.map(\.wait).reduce(0, +)
            let talks = own.filter { $0.outcome == .answered }.map(\.talk)
            return Dictionary(grouping: own) { $0.entered / 1800 }.map { slot, visits in
                let period = Period(begin: slot * 1800, end: (slot + 1) * 1800)
                let answered = visits.filter { $0.outcome == .answered }
                // The mean talk of the half hour, or else of the fortnight, as a fraction.
                let (talk, count) =
                    answered.isEmpty
                    ? (talks.reduce(0, +), talks.count) : (answered.map(\.talk).reduce(0, +), answered.count)
                let handling = talk + Self.wrapUp * count
                let there = members.map { session in
                    period.seconds(session.begin, session.left)
                        - session.pauses.map { period.seconds($0.begin, $0.end) }.reduce(0, +)
                }
                return .object(
                    period.columns + [
                        ("queue", .string(queue.name)), ("offered", .integer(visits.count)),
                        ("answered", .integer(answered.count)),
                        ("abandoned", .integer(visits.count { $0.outcome == .abandoned })),
                        ("aht_s", Tenths.quotient(handling, count)),
                        ("patience_s", Tenths.quotient(waiting, own.count { $0.outcome == .abandoned })),
                        ("erlangs", Tenths.quotient(visits.count * handling, count * 1800)),
                        ("in_time_pct", Tenths.percent(visits.count { $0.isInTime }, of: visits.count)),
                        ("agents_avg", Tenths.quotient(there.reduce(0, +), 1800)),
                        ("service_level_s", .integer(queue.serviceLevel)), ("pbx", "main"),
                    ]
                )
            }
        }
    }
}
