import Base
import Testing
import TestSupport

@testable import Reporting

/// Reports on calls by our number, caller and destination.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct CallersReportTests {
    private static let constants: [(String, String)] = [
        ("pbx_id", "1"), ("row_hash", "0"), ("legs", "1"), ("transfers", "0"), ("duration_s", "0"),
    ]

    private static let calls = """
        call_id | linkedid | direction | disposition | started_at             | talk_s | customer | customer_e164 | did | queue | queues | extension | match
        1       | a        | inbound   | answered    | 2026-11-16 09:00:00+01 | 60     | 0301     | +49301        | 800 | sales | 1      |           | matched
        2       | b        | inbound   | answered    | 2026-11-17 08:59:59+01 | 30     | 00493    | +49301        | 800 | Sales | 1      |           | matched
        3       | c        | inbound   | no_answer   | 2026-11-17 10:00:00+01 | 0      | 0302     | +49302        | 800 |       | 0      |           | unmatched
        4       | d        | inbound   | answered    | 2026-11-18 10:00:00+01 | 10     | 0302     | +49302        | 801 |       | 0      |           | unmatched
        5       | e        | inbound   | busy        | 2026-11-18 11:00:00+01 | 0      |          |               |     |       | 0      |           |
        6       | f        | inbound   | answered    | 2026-11-22 12:00:00+01 | 20     | 0303     | +49303        | 801 | sales | 1      |           |
        7       | g        | inbound   | answered    | 2026-11-24 12:00:00+01 | 20     | 0302     | +49302        | 801 |       | 0      |           |
        8       | h        | outbound  | answered    | 2026-11-16 12:00:00+01 | 40     | 0301     | +49301        |     |       | 0      | 101       |
        9       | i        | outbound  | no_answer   | 2026-11-16 13:00:00+01 | 0      | 0049     | +49301        |     |       | 0      | 101       |
        10      | j        | outbound  | answered    | 2026-11-16 14:00:00+01 | 20     | 007701   | +77011234567  |     |       | 0      | 101       |
        11      | k        | outbound  | failed      | 2026-11-16 15:00:00+01 | 0      | 112      |               |     |       | 0      | 102       |
        12      | l        | outbound  | answered    | 2026-11-16 16:00:00+01 | 80     | 001212   | +12125551234  |     |       | 0      | 102       |
        """

    private static func result(_ name: String, _ fixture: borrowing Fixture, now: String? = nil) throws -> ReportResult
    {
        var request = ReportRequest.week47()
        request.totals = true
        request.window = .week(try #require(ISOWeek("2026-W47")))
        if let now { request.now = now }
        return try fixture.result(ReportCatalogue().definition(name), request)
    }

    @Test func `inbound calls to each of our numbers`() async throws {
        try await Fixture.with { fixture in
            try fixture.insert("call", Self.constants, Self.calls)
            let result = try Self.result("dids", fixture)
            func cells(_ line: Line) -> [String] {
                line[
                    "did",
                    "calls",
                    "answered",
                    "no_answer",
                    "busy",
                    "answered_pct",
                    "queued",
                    "talk_avg_s",
                    "unique_numbers"
                ]
            }
            #expect(
                result.lines.map(cells) == [
                    ["800", "3", "2", "1", "0", "66.7", "2", "45.0", "2"],
                    ["801", "2", "2", "0", "0", "100.0", "1", "15.0", "2"],
                    ["", "1", "0", "0", "1", "0.0", "0", "", "0"],
                ]
            )
            // +49302 called both numbers.
            #expect(result.totalLine.map(cells) == ["", "6", "4", "1", "1", "66.7", "3", "30.0", "3"])
        }
    }

    @Test func `callers who called more than once`() async throws {
        try await Fixture.with { fixture in
            try fixture.insert("call", Self.constants, Self.calls)
            #expect(
                try Self.result("repeat-callers", fixture).lines.map {
                    $0["caller", "caller_e164", "calls", "answered", "lost", "days"]
                } == [["0302", "+49302", "2", "1", "1", "2"], ["00493", "+49301", "2", "2", "0", "2"]]
            )
        }
    }

    @Test func `a contact is resolved if the caller does not call again within seven days`() async throws {
        try await Fixture.with { fixture in
            try fixture.insert("call", Self.constants, Self.calls)
            func cells(_ line: Line) -> [String] {
                line["queue", "contacts", "resolved", "repeated", "undecided", "fcr_pct"]
            }
            // Sales: call 1 was repeated by 2, whose week ends on the 24th at 08:59:59, before the data; call 6 may still be.
            // Without a queue: call 4 was repeated on the 24th, after the window.
            let result = try Self.result("first-contact", fixture, now: "2026-11-30 00:00:00+01")
            #expect(
                result.lines.map(cells) == [["sales", "3", "1", "1", "1", "50.0"], ["", "1", "0", "1", "0", "0.0"]]
            )
            #expect(result.totalLine.map(cells) == ["", "4", "1", "2", "1", "33.3"])
        }
    }

    @Test func `outbound calls by agent and country`() async throws {
        try await Fixture.with { fixture in
            try fixture.insert("call", Self.constants, Self.calls)
            try fixture.insert("agent", [("pbx_id", "1")], "agent | interface | extension\nBob | PJSIP/101 | 101")
            let result = try Self.result("outbound", fixture)
            func cells(_ line: Line) -> [String] {
                line[
                    "agent",
                    "extension",
                    "country",
                    "calls",
                    "answered",
                    "answered_pct",
                    "talk_total_s",
                    "unique_numbers"
                ]
            }
            #expect(
                result.lines.map(cells) == [
                    ["102", "102", "US/CA", "1", "1", "100.0", "80", "1"],
                    ["102", "102", "", "1", "0", "0.0", "0", "1"],
                    ["Bob", "101", "DE", "2", "1", "50.0", "40", "1"],
                    ["Bob", "101", "KZ", "1", "1", "100.0", "20", "1"],
                ]
            )
            #expect(result.totalLine.map(cells) == ["", "", "", "5", "3", "60.0", "140", "4"])
        }
    }
}
