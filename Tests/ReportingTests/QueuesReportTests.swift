import Base
import Postgres
import Testing
import TestSupport

@testable import Reporting

@Suite("Report queues", .enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct QueuesReportTests {
    /// Ten visits whose figures are worked out by hand below. Waits that ended: 3 4 10 20 21 30 40 60.
    private static let visits = """
        callid | queue   | entered_at             | wait_s | ring_s | talk_s | outcome     | agent | transferred | caller | caller_e164
        1.01   | support | 2026-11-16 09:00:00+01 | 10     | 3      | 60     | answered    | Alice | f           | 0301   | +49301
        1.02   | support | 2026-11-16 09:05:00+01 | 20     | 5      | 121    | answered    | Bob   | t           | 0302   | +49302
        1.03   | support | 2026-11-16 10:00:00+01 | 21     | 6      |        | answered    | Bob   | f           | 00493  |
        1.04   | support | 2026-11-17 09:00:00+01 | 3      |        |        | abandoned   |       | f           | 0301   | +49301
        1.05   | support | 2026-11-17 09:10:00+01 | 4      |        |        | abandoned   |       | f           |        |
        1.06   | support | 2026-11-17 09:20:00+01 | 30     |        |        | abandoned   |       | f           | 00493  |
        1.07   | support | 2026-11-18 09:00:00+01 | 60     |        |        | timed_out   |       | f           | 0304   | +49304
        1.08   | support | 2026-11-18 10:00:00+01 | 40     |        |        | exit_key    |       | f           | 0304   | +49304
        1.09   | support | 2026-11-19 10:00:00+01 |        |        |        | unserved    |       | f           | 0305   | +49305
        1.10   | support | 2026-11-22 23:59:59+01 |        |        |        | in_progress |       | f           | 0306   | +49306
        2.01   | support | 2026-11-23 00:00:00+01 | 1      | 1      | 1      | answered    | Alice | f           | 0307   | +49307
        2.02   | support | 2026-11-15 23:59:59+01 | 1      | 1      | 1      | answered    | Alice | f           | 0307   | +49307
        """

    @Test("every figure of a week, calculated by hand")
    func week() async throws {
        try await Fixture.with { fixture in
            try fixture.visits(Self.visits)
            let lines = try fixture.report("queues", .week47())
            try #require(lines.count == 1)
            let line = lines[0]
            #expect(line["period_start"] == "2026-11-16T00:00:00+01:00")
            #expect(line["period_end"] == "2026-11-23T00:00:00+01:00")
            #expect(line["timezone", "queue", "source"] == ["Europe/Berlin", "support", "queue_log"])
            #expect(line["offered", "answered", "abandoned", "abandoned_short"] == ["10", "3", "3", "2"])
            #expect(line["timed_out", "exit_key", "exit_empty", "withdrawn"] == ["1", "1", "0", "0"])
            #expect(line["unserved", "in_progress"] == ["1", "1"])
            #expect(line["answered_pct"] == "30.0")
            // (3 - 2) / (10 - 2)
            #expect(line["abandoned_pct"] == "12.5")
            // 10 and 20 are within 20; 2 / (10 - 2 - 1) = 28.57
            #expect(line["service_level_s", "service_level_variant", "service_level_pct"] == ["20", "offered", "28.6"])
            // (10 + 20 + 21) / 3
            #expect(line["asa_s"] == "17.0")
            // (3 + 4 + 10 + 20 + 21 + 30 + 40 + 60) / 8 = 188 / 8
            #expect(line["wait_avg_s"] == "23.5")
            // Position 3.5 lies between 20 and 21; position 6.3 lies 0.3 of the way from 40 to 60.
            #expect(line["wait_p50_s", "wait_p90_s", "wait_max_s"] == ["20.5", "46.0", "60"])
            // (3 + 4 + 30) / 3 = 12.33
            #expect(line["abandon_wait_avg_s"] == "12.3")
            // Two talks are known; the third answered visit counts in AHT's denominator: 181 / 3 = 60.33
            #expect(line["talk_total_s", "talk_avg_s", "aht_s"] == ["181", "90.5", "60.3"])
            #expect(line["transferred"] == "1")
            // +49301, +49302, 00493, +49304, +49305, +49306
            #expect(line["unique_callers"] == "6")
        }
    }

    @Test(
        "each variant divides its own calls",
        arguments: [
            // 2 of 7; 2 of 3; 2 of 3 + 3; 2 answered and 2 abandoned (3, 4) of 6
            (ServiceLevelVariant.offered, "28.6"), (.answered, "66.7"), (.answeredAbandoned, "33.3"),
            (.withAbandoned, "66.7"),
        ]
    )
    func variant(_ variant: ServiceLevelVariant, _ percent: String) async throws {
        try await Fixture.with { fixture in
            try fixture.visits(Self.visits)
            var request = ReportRequest.week47()
            request.thresholds.variant = variant
            let line = try #require(try fixture.report("queues", request).first)
            #expect(line["service_level_variant", "service_level_pct"] == [variant.rawValue, percent])
        }
    }

    @Test("a queue's own thresholds win over those for all")
    func overrides() async throws {
        try await Fixture.with { fixture in
            try fixture.visits(Self.visits)
            try fixture.visits(
                """
                callid | queue | entered_at             | wait_s | talk_s | outcome  | agent
                3.01   | sales | 2026-11-16 09:00:00+01 | 21     | 10     | answered | Alice
                """
            )
            var request = ReportRequest.week47()
            request.thresholds.queues = ["support": .init(serviceLevel: 21, shortAbandon: 4, variant: .answered)]
            let lines = try fixture.report("queues", request)
            #expect(lines.map { $0["queue"] } == ["sales", "support"])
            #expect(
                lines[0]["service_level_s", "service_level_variant", "service_level_pct"] == ["20", "offered", "0.0"]
            )
            #expect(lines[1]["service_level_s", "service_level_variant"] == ["21", "answered"])
            #expect(lines[1]["service_level_pct", "abandoned_short"] == ["100.0", "1"])
        }
    }

    @Test("days and hours add up to the week, and empty ones have rows", arguments: [ReportInterval.day, .hour])
    func parts(_ interval: ReportInterval) async throws {
        try await Fixture.with { fixture in
            try fixture.visits(Self.visits)
            let lines = try fixture.report("queues", .week47(interval))
            #expect(lines.count == (interval == .day ? 7 : 168))
            let sums = [
                "offered", "answered", "abandoned", "abandoned_short", "timed_out", "in_progress", "talk_total_s",
            ]
            .map { name in lines.reduce(0) { $0 + (Int($1[name]) ?? 0) } }
            #expect(sums == [10, 3, 3, 2, 1, 1, 181])
            #expect(zip(lines, lines.dropFirst()).allSatisfy { $0["period_end"] == $1["period_start"] })
            let friday = try #require(lines.first { $0["period_start"] == "2026-11-20T00:00:00+01:00" })
            #expect(
                friday["offered", "answered_pct", "asa_s", "wait_max_s", "service_level_pct"] == ["0", "", "", "", ""]
            )
        }
    }

    @Test("estimates from the legs are used only for a queue without a log")
    func estimated() async throws {
        try await Fixture.with { fixture in
            try fixture.visits(Self.visits)
            try fixture.visits(
                """
                callid | queue   | entered_at             | wait_s | talk_s | outcome   | agent
                1.01   | support | 2026-11-16 09:00:00+01 | 99     | 10     | answered  | Alice
                4.01   | office  | 2026-11-16 09:00:00+01 | 7      | 10     | answered  | Alice
                4.02   | office  | 2026-11-16 09:00:00+01 | 8      |        | abandoned |
                """,
                source: "cdr"
            )
            let lines = try fixture.report("queues", .week47())
            #expect(lines.map { $0["queue"] } == ["office", "support"])
            #expect(lines[0]["source", "offered", "asa_s", "exit_key", "withdrawn"] == ["cdr", "2", "7.0", "", ""])
            #expect(lines[0]["unique_callers"] == "0")
            #expect(lines[1]["source", "offered", "asa_s"] == ["queue_log", "10", "17.0"])
        }
    }

    @Test("wrap-up lasts as configured, or until the agent's next event")
    func wrapUp() async throws {
        try await Fixture.with { fixture in
            try fixture.visits(
                """
                callid | queue   | entered_at             | left_at                | wait_s | talk_s | outcome  | agent
                1.01   | support | 2026-11-16 09:00:00+01 | 2026-11-16 09:01:00+01 | 0      | 60     | answered | Alice
                1.02   | support | 2026-11-16 09:01:00+01 | 2026-11-16 09:02:00+01 | 0      | 55     | answered | Alice
                1.03   | support | 2026-11-16 09:00:00+01 | 2026-11-16 09:01:00+01 | 0      | 60     | answered | Bob
                """
            )
            // Alice's phone rings again 5 s after her first call; after her second call, she pauses 25 s later.
            try fixture.insert(
                "queue_event",
                [("pbx_id", "1"), ("queue", "support")],
                """
                at                     | event_hash | event        | agent | data1 | data3
                2026-11-16 09:01:08+01 | 1          | CONNECT      | Alice | 7     | 3
                2026-11-16 09:02:25+01 | 2          | PAUSE        | Alice |       |
                2026-11-16 09:02:25+01 | 3          | RINGNOANSWER | Bob   | 20000 |
                """
            )
            var request = ReportRequest.week47()
            request.thresholds.queues = ["support": .init(wrapUp: 30)]
            // Alice 5 + 25, Bob 30 (his phone rang from 09:02:05): (60 + 55 + 60 + 60) / 3 = 78.33
            let line = try #require(try fixture.report("queues", request).first)
            #expect(line["aht_s", "talk_avg_s"] == ["78.3", "58.3"])
            let agents = try fixture.report("agents", request)
            #expect(agents.map { $0["agent"] } == ["Alice", "Bob"])
            #expect(agents.map { $0["wrap_s"] } == ["30", "30"])
            // (115 + 30) / 2, (60 + 30) / 1
            #expect(agents.map { $0["aht_s"] } == ["72.5", "90.0"])
        }
    }

    @Test("one queue only, and none")
    func filter() async throws {
        try await Fixture.with { fixture in
            try fixture.visits(Self.visits)
            var request = ReportRequest.week47()
            request.queue = "support"
            #expect(try fixture.report("queues", request).count == 1)
            request.queue = "sales"
            #expect(try fixture.report("queues", request).isEmpty)
        }
    }

    @Test("two spellings of a queue are one queue, in the more frequent spelling")
    func spellings() async throws {
        try await Fixture.with { fixture in
            try fixture.visits(
                """
                callid | queue   | entered_at             | left_at                | wait_s | outcome   | talk_s | caller
                1.1    | Support | 2026-11-16 09:00:00+01 | 2026-11-16 09:00:30+01 | 30     | abandoned |        | 1
                1.2    | support | 2026-11-16 09:10:00+01 | 2026-11-16 09:20:00+01 | 10     | answered  | 590    | 2
                1.3    | support | 2026-11-16 09:20:00+01 | 2026-11-16 09:30:00+01 | 20     | answered  | 580    | 1
                """
            )
            // An estimate in the third spelling of a queue that has a log does not count.
            try fixture.visits(
                """
                callid | queue   | entered_at             | left_at                | wait_s | outcome
                1.4    | SUPPORT | 2026-11-16 10:00:00+01 | 2026-11-16 10:00:30+01 | 30     | abandoned
                """,
                source: "cdr"
            )
            var request = ReportRequest.week47()
            request.thresholds = Thresholds(queues: ["sUPPORT": .init(serviceLevel: 10)])
            for queue in [nil, "support", "SUPPORT"] {
                request.queue = queue
                let lines = try fixture.report("queues", request)
                #expect(
                    lines.map {
                        $0["queue", "offered", "answered", "wait_avg_s", "service_level_pct", "unique_callers"]
                    }
                        == [["support", "3", "2", "20.0", "33.3", "2"]]
                )
                #expect(
                    try fixture.report("lost-visits", request).map { $0["queue", "wait_s"] } == [["support", "30"]]
                )
            }
        }
    }
}
