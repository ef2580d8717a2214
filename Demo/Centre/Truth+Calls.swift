import Base

extension Centre {
    /// The row of each direction in a period.
    func callRows(_ period: Period) -> [JSON] {
        [Call.Direction.inbound, .internal, .outbound].map { direction in
            let inside = calls.filter { $0.direction == direction && period.contains($0.begin) }
            func count(_ disposition: Call.Disposition) -> Int { inside.count { $0.disposition == disposition } }
            let answered = count(.answered)
            let talk = inside.filter { $0.disposition == .answered }.map(\.talk).reduce(0, +)
            let people = inside.compactMap(\.person)
            let matched = people.count { $0.contact != nil }
            return .object(
                period.columns + [
                    ("direction", .string(direction.rawValue)), ("calls", .integer(inside.count)),
                    ("answered", .integer(answered)), ("no_answer", .integer(count(.noAnswer))),
                    ("busy", .integer(count(.busy))), ("failed", .integer(count(.failed))),
                    ("answered_pct", Tenths.percent(answered, of: inside.count)),
                    ("talk_total_s", .integer(talk)), ("talk_avg_s", Tenths.quotient(talk, answered)),
                    ("unique_numbers", .integer(Set(people.map(\.number)).count)), ("matched", .integer(matched)),
                    ("matched_pct", Tenths.percent(matched, of: people.count)), ("pbx", "main"),
                ]
            )
        }
    }
}
