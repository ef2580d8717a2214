import Base
import Postgres
import Testing
import TestSupport

@testable import Reporting

/// Random visits, with every figure of the report recomputed by plain loops over them.
@Suite(
    "Report queues against a second calculation",
    .enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)")
)
struct RandomQueuesTests {
    private struct Visit {
        let minute: Int
        let outcome: String
        let wait: Int?
        let talk: Int?
        let caller: String?
    }

    @Test("any week, any variant", arguments: 0..<24)
    func random(_ seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let outcomes = [
            "answered", "answered", "answered", "abandoned", "timed_out", "exit_key", "exit_empty", "withdrawn",
            "unserved", "in_progress",
        ]
        let visits = (0..<Int.random(in: 1...120, using: &random)).map { _ in
            let outcome = outcomes.randomElement(using: &random) ?? ""
            let isOver = outcome != "unserved" && outcome != "in_progress"
            let isKnown = Int.random(in: 0..<10, using: &random) > 0
            return Visit(
                minute: Int.random(in: 0..<10_080, using: &random),
                outcome: outcome,
                wait: isOver ? Int.random(in: 0..<40, using: &random) : nil,
                talk: outcome == "answered" && isKnown ? Int.random(in: 0..<500, using: &random) : nil,
                caller: isKnown ? "+49\(Int.random(in: 0..<30, using: &random))" : nil
            )
        }
        let variant = ServiceLevelVariant.allCases.randomElement(using: &random) ?? .offered
        let threshold = Int.random(in: 0..<40, using: &random)
        try await Fixture.with { fixture in
            let rows = visits.enumerated().map { number, visit in
                let (day, rest) = (16 + visit.minute / 1440, visit.minute % 1440)
                let time = "2026-11-\(day) \((rest / 60).padded(2)):\((rest % 60).padded(2)):00+01"
                let numbers = [visit.wait, visit.talk].map { $0.map(String.init) ?? "" }
                return ["\(number)", "q", time, visit.outcome, numbers[0], numbers[1], visit.caller ?? ""].joined(
                    separator: " | "
                )
            }
            try fixture.visits(
                (["callid | queue | entered_at | outcome | wait_s | talk_s | caller_e164"] + rows).joined(
                    separator: "\n"
                )
            )
            var request = ReportRequest.week47()
            request.thresholds = Thresholds(serviceLevel: threshold, variant: variant)
            let line = try #require(try fixture.report("queues", request).first)
            let expected = Self.figures(visits, variant, threshold)
            for (name, value) in expected { #expect(line[name] == value, "\(name)") }
            // The same visits in three queues, by day: other rows, but the same totals.
            try fixture.connection.execute("update voip.queue_visit set queue = 'q' || callid::integer % 3")
            request.interval = .day
            request.totals = true
            let total = try #require(try fixture.result(ReportCatalogue().definition("queues"), request).totalLine)
            for (name, value) in expected { #expect(total[name] == value, "\(name)") }
        }
    }

    private static func figures(_ visits: [Visit], _ variant: ServiceLevelVariant, _ threshold: Int) -> [String: String]
    {
        func count(_ outcome: String, _ test: (Int) -> Bool = { _ in true }) -> Int {
            visits.count { $0.outcome == outcome && ($0.wait == nil || test($0.wait ?? 0)) }
        }
        let waits = visits.compactMap(\.wait).sorted()
        let answered = visits.filter { $0.outcome == "answered" }
        let talks = answered.compactMap(\.talk)
        let (offered, abandoned, short) = (visits.count, count("abandoned"), count("abandoned") { $0 < 5 })
        let inTime = count("answered") { $0 <= threshold }
        let (part, whole): (Int, Int) =
            switch variant {
            case .offered: (inTime, offered - short - count("in_progress"))
            case .answered: (inTime, answered.count)
            case .answeredAbandoned: (inTime, answered.count + abandoned)
            case .withAbandoned: (inTime + count("abandoned") { $0 <= threshold }, answered.count + abandoned)
            }
        return [
            "offered": "\(offered)", "answered": "\(answered.count)", "abandoned": "\(abandoned)",
            "abandoned_short": "\(short)",
            "answered_pct": tenths(100 * answered.count, offered),
            "abandoned_pct": tenths(100 * (abandoned - short), offered - short),
            "service_level_pct": tenths(100 * part, whole),
            "asa_s": tenths(answered.compactMap(\.wait).reduce(0, +), answered.count),
            "wait_avg_s": tenths(waits.reduce(0, +), waits.count),
            "wait_p50_s": percentile(waits, 50), "wait_p90_s": percentile(waits, 90),
            "wait_max_s": waits.last.map { "\($0)" } ?? "",
            "talk_avg_s": tenths(talks.reduce(0, +), talks.count),
            "aht_s": talks.isEmpty ? "" : tenths(talks.reduce(0, +), answered.count),
            "unique_callers": "\(Set(visits.compactMap(\.caller)).count)",
        ]
    }

    /// A quotient with one decimal, rounded half up, in whole numbers.
    private static func tenths(_ part: Int, _ whole: Int) -> String {
        guard whole > 0 else { return "" }
        let tenths = (part * 20 + whole) / (2 * whole)
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// The value at p % of the sorted values, interpolated between neighbours.
    private static func percentile(_ sorted: [Int], _ percent: Int) -> String {
        guard let last = sorted.last else { return "" }
        let hundredths = percent * (sorted.count - 1)
        let (place, rest) = (hundredths / 100, hundredths % 100)
        let next = place + 1 < sorted.count ? sorted[place + 1] : last
        return tenths(sorted[place] * 100 + rest * (next - sorted[place]), 100)
    }
}
