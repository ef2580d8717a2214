import Base
import Testing
import TestSupport

@testable import Reporting

@Suite("Totals of reports", .enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct TotalsTests {
    private static func request(_ interval: ReportInterval = .total) -> ReportRequest {
        var request = ReportRequest.week47(interval)
        request.totals = true
        return request
    }

    @Test(arguments: [ReportInterval.total, .day])
    func `totals of queues come from all visits`(interval: ReportInterval) async throws {
        try await Fixture.with { fixture in
            try fixture.visits(
                """
                callid | queue   | entered_at             | wait_s | talk_s | outcome   | caller_e164
                1.1    | support | 2026-11-16 09:00:00+01 | 10     | 60     | answered  | +49301
                1.2    | support | 2026-11-17 09:10:00+01 | 30     |        | abandoned | +49302
                1.3    | sales   | 2026-11-16 09:20:00+01 | 50     | 120    | answered  | +49301
                1.4    | sales   | 2026-11-18 09:30:00+01 | 90     |        | answered  | +49303
                1.5    | sales   | 2026-11-18 09:40:00+01 | 4      |        | abandoned |
                """
            )
            var request = Self.request(interval)
            request.thresholds = Thresholds(queues: ["sales": .init(serviceLevel: 60, variant: .answered)])
            let result = try fixture.result(ReportCatalogue().definition("queues"), request)
            #expect(result.rows.count == (interval == .day ? 14 : 2))
            let total = try #require(result.totalLine)
            #expect(total["queue", "offered", "answered", "abandoned", "abandoned_short"] == ["", "5", "3", "2", "1"])
            // (2 - 1) / (5 - 1)
            #expect(total["answered_pct", "abandoned_pct"] == ["60.0", "25.0"])
            // support: 1 of 2 offered within 20 s; sales: 1 of 2 answered within 60 s
            #expect(total["service_level_pct", "service_level_s", "service_level_variant"] == ["50.0", "", ""])
            // (10 + 50 + 90) / 3; 184 / 5; of 4, 10, 30, 50, 90 the third; 50 + 0.6 x 40
            #expect(
                total["asa_s", "wait_avg_s", "wait_p50_s", "wait_p90_s", "wait_max_s"]
                    == ["50.0", "36.8", "30.0", "74.0", "90"]
            )
            #expect(
                total["abandon_wait_avg_s", "talk_total_s", "talk_avg_s", "aht_s"] == ["17.0", "180", "90.0", "60.0"]
            )
            #expect(total["unique_callers", "pbx", "source"] == ["3", "main", "queue_log"])
            #expect(
                total["period_start", "period_end"] == ["2026-11-16T00:00:00+01:00", "2026-11-23T00:00:00+01:00"]
            )
        }
    }

    @Test func `a number that is called in both directions is one number of the total`() async throws {
        try await Fixture.with { fixture in
            try fixture.insert(
                "call",
                [
                    ("pbx_id", "1"), ("row_hash", "0"), ("legs", "1"), ("transfers", "0"), ("duration_s", "0"),
                    ("queues", "0"),
                ],
                """
                call_id | linkedid | direction | disposition | started_at             | talk_s | customer_e164 | match
                1       | a        | inbound   | answered    | 2026-11-16 09:00:00+01 | 60     | +49301        | matched
                2       | b        | inbound   | no_answer   | 2026-11-17 09:00:00+01 | 0      | +49302        | unmatched
                3       | c        | outbound  | answered    | 2026-11-17 09:00:00+01 | 90     | +49301        | matched
                """
            )
            let calls = try fixture.result(ReportCatalogue().definition("calls"), Self.request())
            #expect(calls.lines.map { $0["unique_numbers"] } == ["2", "1"])
            let total = try #require(calls.totalLine)
            #expect(total["direction", "calls", "answered", "answered_pct"] == ["", "3", "2", "66.7"])
            #expect(total["talk_avg_s", "unique_numbers", "matched_pct"] == ["75.0", "2", "66.7"])
            // Scripts add up rows: without the request there is no row more.
            #expect(try fixture.result(ReportCatalogue().definition("calls"), .week47()).total == nil)
        }
    }

    @Test func `work of agents without sessions is not compared with the time of the others`() async throws {
        try await Fixture.with { fixture in
            try fixture.visits(
                """
                callid | queue   | entered_at             | wait_s | talk_s | outcome  | agent | ring_s
                1.1    | support | 2026-11-16 09:00:00+01 | 10     | 100    | answered | Bob   | 4
                1.2    | support | 2026-11-16 09:10:00+01 | 10     | 200    | answered | Bob   | 4
                1.3    | support | 2026-11-16 09:20:00+01 | 10     | 100    | answered | Eve   | 4
                """
            )
            try fixture.insert(
                "agent_session",
                [("pbx_id", "1"), ("agent", "Bob")],
                """
                kind       | queue   | started_at             | ended_at
                membership | support | 2026-11-16 09:00:00+01 | 2026-11-16 10:00:00+01
                pause      | support | 2026-11-16 09:30:00+01 | 2026-11-16 09:40:00+01
                """
            )
            try fixture.insert(
                "queue_event",
                [("pbx_id", "1"), ("event", "RINGNOANSWER"), ("queue", "support")],
                """
                at                     | event_hash | agent | data1
                2026-11-16 09:05:00+01 | 1          | Bob   | 1400
                2026-11-16 09:15:00+01 | 2          | Eve   | 1400
                """
            )
            let agents = try fixture.result(ReportCatalogue().definition("agents"), Self.request())
            #expect(agents.lines.map { $0["agent", "ring_no_answer_s"] } == [["Bob", "1"], ["Eve", "1"]])
            let total = try #require(agents.totalLine)
            #expect(total["login_s", "pause_s", "available_s", "talk_s"] == ["3600", "600", "3000", "400"])
            // 2.8 s, and 12 s of answered calls
            #expect(total["ring_no_answer_s", "ring_s"] == ["3", "15"])
            #expect(total["offered", "answered", "answered_pct", "aht_s"] == ["5", "3", "60.0", "133.3"])
            // 300 / 3000; 300 / 3600; 2 in an hour
            #expect(total["occupancy_pct", "utilisation_pct", "calls_per_hour"] == ["10.0", "8.3", "2.0"])
        }
    }

    @Test func `totals are shown below the rows, in CSV as the last row and in JSON as a member`() throws {
        var result = try Sample.result(
            "queue text: Q.\ncalls integer: C.",
            [["sales", "1"], ["support", "2"]]
        )
        result.total = [.empty, .integer(3)]
        let csv = String(decoding: CSVRenderer().render(result), as: UTF8.self)
        #expect(csv == "queue,calls\r\nsales,1\r\nsupport,2\r\n,3\r\n")
        let json = String(decoding: JSONRenderer().render([result]), as: UTF8.self)
        #expect(json.contains("\"totals\":{\"queue\":null,\"calls\":3}"))
        let table = String(decoding: TableRenderer().render([result]), as: UTF8.self)
        #expect(table.hasSuffix("support      2\n───────  ─────\nTotal        3\n"))
        let page = HTMLTable(result).markup.html
        #expect(page.contains("<tfoot><tr><th scope=\"row\">Total</th><td class=\"n\">3</td></tr></tfoot>"))
    }
}
