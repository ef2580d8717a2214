import Base

extension Centre {
    /// The row of each number of ours that was called in a period.
    func didRows(_ period: Period) -> [JSON] {
        let queued = Set(visits.map(\.call))
        let inside = calls.filter { $0.direction == .inbound && period.contains($0.begin) }
        return Dictionary(grouping: inside) { $0.did }.map { did, calls in
            .object(
                period.columns.filter { $0.0 != "timezone" } + [("did", .string(did))] + figures(calls) + [
                    ("queued", .integer(calls.count { queued.contains($0.number) })),
                    ("matched", .integer(calls.count { $0.person?.contact != nil })), ("pbx", "main"),
                ]
            )
        }
    }

    /// The row of each extension and country in a period.
    func outboundRows(_ period: Period) -> [JSON] {
        let inside = calls.filter { $0.direction == .outbound && period.contains($0.begin) }
        return Dictionary(grouping: inside) { [$0.exten, Self.country($0.person?.e164 ?? "")] }.map { key, calls in
            let agent = Agent.all.first { $0.exten == key[0] }?.name ?? key[0]
            return .object(
                period.columns.filter { $0.0 != "timezone" } + [
                    ("agent", .string(agent)), ("extension", .string(key[0])), ("country", .string(key[1])),
                ] + figures(calls) + [("pbx", "main")]
            )
        }
    }

    private func figures(_ calls: [Call]) -> [(String, JSON)] {
        func count(_ disposition: Call.Disposition) -> Int { calls.count { $0.disposition == disposition } }
        let answered = count(.answered)
        let talk = calls.filter { $0.disposition == .answered }.map(\.talk).reduce(0, +)
        return [
            ("calls", .integer(calls.count)), ("answered", .integer(answered)),
            ("no_answer", .integer(count(.noAnswer))),
            ("busy", .integer(count(.busy))), ("failed", .integer(count(.failed))),
            ("answered_pct", Tenths.percent(answered, of: calls.count)), ("talk_total_s", .integer(talk)),
            ("talk_avg_s", Tenths.quotient(talk, answered)),
            ("unique_numbers", .integer(Set(calls.compactMap(\.person?.number)).count)),
        ]
    }

    /// Of the countries that are called. (ITU-T E.164, list of assigned country codes)
    private static func country(_ e164: String) -> String {
        let codes = [("+49", "DE"), ("+44", "GB"), ("+33", "FR"), ("+46", "SE"), ("+1", "US/CA")]
        return codes.first { e164.hasPrefix($0.0) }?.1 ?? ""
    }
}
