import Base
import Testing
import TestSupport

@testable import Reporting

/// Reports on how much there was to do when, and what it needs.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct LoadReportTests {
    private static func request(_ interval: ReportInterval = .total) -> ReportRequest {
        var request = ReportRequest.week47(interval)
        request.totals = true
        return request
    }

    @Test func `visits by weekday and hour of the report's zone`() async throws {
        try await Fixture.with { fixture in
            try fixture.visits(
                """
                callid | queue   | entered_at             | wait_s | talk_s | outcome     | agent
                1.1    | support | 2026-11-16 09:00:00+01 | 10     | 60     | answered    | Bob
                1.2    | support | 2026-11-16 09:59:59+01 | 30     | 20     | answered    | Bob
                1.3    | support | 2026-11-16 08:30:00Z   | 4      |        | abandoned   |
                1.4    | sales   | 2026-11-16 09:30:00+01 | 50     |        | timed_out   |
                1.5    | sales   | 2026-11-22 23:30:00+01 |        |        | in_progress |
                """
            )
            let result = try fixture.result(ReportCatalogue().definition("hours"), Self.request())
            func cells(_ line: Line) -> [String] {
                line[
                    "weekday",
                    "hour",
                    "days",
                    "offered",
                    "offered_avg",
                    "answered",
                    "lost",
                    "short",
                    "lost_pct",
                    "in_time_pct",
                    "asa_s",
                    "wait_p90_s",
                    "aht_s"
                ]
            }
            // Waits 4, 10, 30, 50: position 2.7, so 30 + 0.7 x 20.
            #expect(
                result.lines.map(cells) == [
                    ["Mon", "09:00", "1", "4", "4.0", "2", "1", "1", "33.3", "33.3", "20.0", "44.0", "40.0"],
                    ["Sun", "23:00", "1", "1", "1.0", "0", "0", "0", "", "", "", "", ""],
                ]
            )
            #expect(
                result.totalLine.map(cells)
                    == ["", "", "7", "5", "0.7", "2", "1", "1", "33.3", "33.3", "20.0", "44.0", "40.0"]
            )
        }
    }

    @Test func `calls that a trunk carries at once, and the lines of its busiest hour`() async throws {
        try await Fixture.with { fixture in
            try fixture.insert(
                "call",
                [
                    ("pbx_id", "1"), ("row_hash", "0"), ("legs", "1"), ("transfers", "0"), ("duration_s", "0"),
                    ("queues", "0"), ("talk_s", "0"), ("disposition", "answered"),
                ],
                """
                call_id | linkedid | direction | started_at
                1       | a        | inbound   | 2026-11-16 09:00:00+01
                2       | b        | inbound   | 2026-11-16 09:30:00+01
                3       | c        | outbound  | 2026-11-16 09:45:00+01
                4       | d        | internal  | 2026-11-16 09:45:00+01
                5       | e        | outbound  | 2026-11-16 09:50:00+01
                """
            )
            // Call 1 has two legs of one channel, from 09:00 to 10:30; an agent's leg is not on the trunk.
            try fixture.insert(
                "cdr",
                [("pbx_id", "1"), ("content_hash", "0"), ("row_hash", "0"), ("duration_s", "0"), ("billsec_s", "0")],
                """
                call_id | uniqueid | leg_no | start_at               | end_at                 | channel        | dstchannel
                1       | 1.1      | 1      | 2026-11-16 09:00:00+01 | 2026-11-16 09:20:00+01 | PJSIP/tele-1   | PJSIP/101-2
                1       | 1.1      | 2      | 2026-11-16 09:20:00+01 | 2026-11-16 10:30:00+01 | PJSIP/tele-1   | PJSIP/102-3
                1       | 1.4      | 1      | 2026-11-16 10:00:00+01 | 2026-11-16 10:30:00+01 | PJSIP/102-3    | PJSIP/103-4
                2       | 2.1      | 1      | 2026-11-16 09:30:00+01 | 2026-11-16 10:00:00+01 | PJSIP/tele-5   | PJSIP/101-6
                3       | 3.1      | 1      | 2026-11-16 09:45:00+01 | 2026-11-16 10:00:00+01 | PJSIP/101-7    | PJSIP/tele-8
                4       | 4.1      | 1      | 2026-11-16 09:45:00+01 | 2026-11-16 10:00:00+01 | PJSIP/101-9    | PJSIP/102-a
                5       | 5.1      | 1      | 2026-11-16 09:50:00+01 | 2026-11-16 09:56:00+01 | PJSIP/102-b    | DAHDI/i1/0301-c
                """
            )
            let result = try fixture.result(ReportCatalogue().definition("trunks"), Self.request())
            func cells(_ line: Line) -> [String] {
                line[
                    "trunk",
                    "calls",
                    "inbound",
                    "outbound",
                    "used_s",
                    "calls_max",
                    "calls_p95",
                    "busy_hour_s",
                    "busy_erlangs"
                ]
            }
            // tele: 90 + 30 + 15 minutes. Of the 90 minutes in use, 60 with one call, 15 with two, 15 with three. From
            // 09:00 to 10:00: 60 + 30 + 15 minutes. Together they carry at most three in 84 of 90 minutes, which is 93 %.
            #expect(
                result.lines.map(cells) == [
                    ["PJSIP/tele", "3", "2", "1", "8100", "3", "3", "6300", "1.8"],
                    ["DAHDI/i1/0301", "1", "0", "1", "360", "1", "1", "360", "0.1"],
                ]
            )
            #expect(result.lines.map { $0["busy_hour"] } == Array(repeating: "2026-11-16T09:00:00+01:00", count: 2))
            // B(5) of 1.75 erlangs is 0.0240, B(6) 0.0069, B(7) 0.0017, B(8) 0.0004; of 0.1: B(2) 0.0045, B(3) 0.0002
            #expect(result.lines.map { $0["lines_1pct", "lines_01pct"] } == [["6", "8"], ["2", "3"]])
            #expect(result.totalLine.map(cells) == ["", "4", "2", "2", "8460", "4", "4", "6660", "1.9"])
        }
    }

    @Test func `what a half hour needed, and who was there`() async throws {
        try await Fixture.with { fixture in
            // 100 calls of 180 s in half an hour are 10 erlangs; ten hang up. Patience: 1200 s / 10.
            let rows = (0..<100).map { number in
                let time = "2026-11-16 09:\((number % 30).padded(2)):00+01"
                return number < 90
                    ? "\(number) | support | \(time) | 10 | 180 | answered | Bob"
                    : "\(number) | support | \(time) | 30 | | abandoned |"
            }
            try fixture.visits(
                (["callid | queue | entered_at | wait_s | talk_s | outcome | agent"] + rows).joined(separator: "\n")
            )
            // Ann for the half hour, Bob with a pause of ten minutes in it, Eve for six minutes: 1 + 2/3 + 1/5.
            try fixture.insert(
                "agent_session",
                [("pbx_id", "1")],
                """
                agent | kind       | queue   | started_at             | ended_at
                Ann   | membership | support | 2026-11-16 08:00:00+01 | 2026-11-16 12:00:00+01
                Bob   | membership | support | 2026-11-16 08:00:00+01 | 2026-11-16 12:00:00+01
                Bob   | pause      | ''      | 2026-11-16 09:20:00+01 | 2026-11-16 10:00:00+01
                Eve   | membership | Support | 2026-11-16 09:24:00+01 | 2026-11-16 09:40:00+01
                Sue   | membership | sales   | 2026-11-16 08:00:00+01 | 2026-11-16 12:00:00+01
                """
            )
            // Half hours are rows without --interval, so a table has to name them.
            try fixture.visits(
                "callid | queue | entered_at | outcome\nx | support | 2026-11-16 11:00:00+01 | in_progress"
            )
            let result = try fixture.result(ReportCatalogue().definition("agents-needed"), Self.request())
            #expect(TableLayout(result).columns.first?.cells == ["Mon 2026-11-16 09:00", "Mon 2026-11-16 11:00"])
            let line = try #require(result.lines.first)
            #expect(
                line["period_start", "period_end", "offered", "answered", "abandoned"]
                    == ["2026-11-16T09:00:00+01:00", "2026-11-16T09:30:00+01:00", "100", "90", "10"]
            )
            #expect(line["aht_s", "patience_s", "erlangs", "in_time_pct"] == ["180.0", "120.0", "10.0", "90.0"])
            #expect(line["agents_avg", "agents_c", "expected_c_pct"] == ["1.9", "14", "0.0"])
            let needed = ErlangA.agents(erlangs: 10, handlingTime: 180, patience: 120, serviceLevel: 0.8, within: 20)
            #expect(line["agents_a"] == needed.map { "\($0)" })
        }
    }
}
