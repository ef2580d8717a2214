import Base
import Testing
import TestSupport

@testable import Reporting

@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct PausesReportTests {
    private static func request(_ interval: ReportInterval = .total) -> ReportRequest {
        var request = ReportRequest.week47(interval)
        request.totals = true
        return request
    }

    @Test func `time paused by reason, where overlapping pauses belong to the last one`() async throws {
        try await Fixture.with { fixture in
            // Logged in 08:00-12:00. The pauses of both queues are one; tea interrupts lunch for ten minutes; the end of
            // the last pause is after the logout. Eve's sessions are unknown.
            try fixture.insert(
                "agent_session",
                [("pbx_id", "1")],
                """
                agent | kind       | queue   | started_at             | ended_at               | reason
                Bob   | membership | support | 2026-11-16 08:00:00+01 | 2026-11-16 12:00:00+01 |
                Bob   | membership | sales   | 2026-11-16 08:00:00+01 | 2026-11-16 12:00:00+01 |
                Bob   | pause      | support | 2026-11-16 09:00:00+01 | 2026-11-16 09:30:00+01 | lunch
                Bob   | pause      | sales   | 2026-11-16 09:00:00+01 | 2026-11-16 09:30:00+01 | lunch
                Bob   | pause      | ''      | 2026-11-16 09:10:00+01 | 2026-11-16 09:20:00+01 | tea
                Bob   | pause      | support | 2026-11-16 11:50:00+01 | 2026-11-16 12:30:00+01 | lunch
                Bob   | pause      | support | 2026-11-16 10:00:00+01 | 2026-11-16 10:01:00+01 |
                Eve   | pause      | support | 2026-11-16 23:50:00+01 | 2026-11-17 00:20:00+01 | tea
                """
            )
            let result = try fixture.result(ReportCatalogue().definition("pauses"), Self.request())
            // lunch 30 - 10 + 10 min, of 41 min paused and 240 logged in
            #expect(
                result.lines.map { $0["agent", "reason", "pauses", "pause_s", "pause_max_s", "pause_pct", "login_pct"] }
                    == [
                        ["Bob", "lunch", "2", "1800", "1200", "73.2", "12.5"],
                        ["Bob", "tea", "1", "600", "600", "24.4", "4.2"],
                        ["Bob", "", "1", "60", "60", "2.4", "0.4"],
                        ["Eve", "tea", "1", "1800", "1800", "100.0", ""],
                    ]
            )
            let total = try #require(result.totalLine)
            #expect(total["pauses", "pause_s", "pause_max_s", "pause_pct"] == ["5", "4260", "1800", "100.0"])
            // The same time as in the report agents.
            let agents = try fixture.result(ReportCatalogue().definition("agents"), Self.request())
            #expect(agents.lines.map { $0["pause_s"] } == ["2460", "1800"])
            // Midnight divides Eve's pause, which is counted on the day on which it began.
            let days = try fixture.report("pauses", .week47(.day)).filter { $0["agent"] == "Eve" }
            #expect(days.map { $0["pauses", "pause_s"] } == [["1", "600"], ["0", "1200"]])
        }
    }

    @Test(arguments: 0..<6) func `all reasons together are the pauses of the report agents`(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let rows = (0..<60).map { number -> String in
            let start = Int.random(in: 0..<9000, using: &random)
            let length = Int.random(in: 1..<300, using: &random)
            let isPause = number % 3 > 0
            func time(_ minute: Int) -> String {
                "2026-11-\(16 + minute / 1440) \((minute / 60 % 24).padded(2)):\((minute % 60).padded(2)):00+01"
            }
            let reason = ["lunch", "tea", ""].randomElement(using: &random) ?? ""
            return [
                number % 2 == 0 ? "Bob" : "Eve", isPause ? "pause" : "membership", "q\(number)", time(start),
                time(start + length), isPause ? reason : "",
            ].joined(separator: " | ")
        }
        try await Fixture.with { fixture in
            let heading = "agent | kind | queue | started_at | ended_at | reason"
            try fixture.insert("agent_session", [("pbx_id", "1")], ([heading] + rows).joined(separator: "\n"))
            for interval in [ReportInterval.total, .day] {
                let pauses = Self.sums(try fixture.report("pauses", .week47(interval)))
                #expect(pauses == Self.sums(try fixture.report("agents", .week47(interval))))
                #expect(!pauses.isEmpty)
            }
        }
    }

    /// `pause_s` by agent and period.
    private static func sums(_ lines: [Line]) -> [String: Int] {
        var sums: [String: Int] = [:]
        for line in lines { sums[line["agent"] + line["period_start"], default: 0] += Int(line["pause_s"]) ?? 0 }
        return sums.filter { $0.value > 0 }
    }
}
