import Postgres
import Testing
import TestSupport

@testable import Reporting

@Suite(
    "Reports calls and unmatched",
    .enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)")
)
struct CallReportsTests {
    private static let constants: [(String, String)] = [
        ("pbx_id", "1"), ("row_hash", "0"), ("legs", "1"), ("transfers", "0"), ("duration_s", "0"),
    ]

    @Test("calls by direction")
    func calls() async throws {
        try await Fixture.with { fixture in
            try fixture.insert(
                "call",
                Self.constants + [("queues", "0")],
                """
                call_id | linkedid | direction | disposition | started_at             | talk_s | customer | customer_e164 | match
                1       | a        | inbound   | answered    | 2026-11-16 00:00:00+01 | 61     | 0301     | +49301        | matched
                2       | b        | inbound   | no_answer   | 2026-11-17 09:00:00+01 | 0      | 00493    | +49301        | matched
                3       | c        | inbound   | answered    | 2026-11-17 09:00:00+01 | 60     | 0302     | +49302        | ambiguous
                4       | d        | inbound   | busy        | 2026-11-17 09:00:00+01 | 0      |          |               |
                5       | e        | inbound   | failed      | 2026-11-17 09:00:00+01 | 0      | 17       |               | unmatched
                6       | f        | internal  | answered    | 2026-11-22 23:59:59+01 | 30     |          |               |
                7       | g        | internal  | answered    | 2026-11-23 00:00:00+01 | 30     |          |               |
                """
            )
            let lines = try fixture.report("calls", .week47())
            try #require(lines.map { $0["direction"] } == ["inbound", "internal"])
            let inbound = lines[0]
            #expect(inbound["calls", "answered", "no_answer", "busy", "failed"] == ["5", "2", "1", "1", "1"])
            #expect(inbound["answered_pct", "talk_total_s", "talk_avg_s"] == ["40.0", "121", "60.5"])
            // +49301, +49302 and 17; 2 of 4 calls with a number have one contact
            #expect(inbound["unique_numbers", "matched", "matched_pct"] == ["3", "2", "50.0"])
            #expect(lines[1]["calls", "talk_avg_s", "unique_numbers", "matched_pct"] == ["1", "30.0", "0", ""])
            let days = try fixture.report("calls", .week47(.day))
            #expect(days.count == 14)
            #expect(
                days.filter { $0["calls"] != "0" }.map { $0["period_start"].prefix(10) + " " + $0["calls"] }
                    == ["2026-11-16 1", "2026-11-17 4", "2026-11-22 1"]
            )
        }
    }

    @Test("numbers that no contact has, the busiest first")
    func unmatched() async throws {
        try await Fixture.with { fixture in
            try fixture.insert(
                "call",
                Self.constants + [("queues", "0")],
                """
                call_id | linkedid | direction | disposition | started_at             | talk_s | customer | customer_e164 | match
                1       | a        | inbound   | answered    | 2026-11-16 09:00:00+01 | 61     | 0301     | +49301        | matched
                2       | b        | inbound   | answered    | 2026-11-17 09:00:00+01 | 10     | 0302     | +49302        | unmatched
                3       | c        | outbound  | no_answer   | 2026-11-18 09:00:00+01 | 0      | 00492    | +49302        | unmatched
                4       | d        | inbound   | answered    | 2026-11-16 09:00:00+01 | 5      | 4711     |               |
                """
            )
            let lines = try fixture.report("unmatched", .week47())
            #expect(lines.map { $0["number_e164"] } == ["+49302"])
            #expect(lines[0]["calls", "inbound", "outbound", "talk_total_s"] == ["2", "1", "1", "10"])
            #expect(
                lines[0]["first_call_at", "last_call_at"] == ["2026-11-17T09:00:00+01:00", "2026-11-18T09:00:00+01:00"]
            )
        }
    }

    @Test("days without data and calls that only one side knows are noted")
    func notes() async throws {
        try await Fixture.with { fixture in
            try fixture.visits(
                """
                callid | queue   | entered_at             | wait_s | outcome
                1.1    | support | 2026-11-16 09:00:00+01 | 30     | abandoned
                1.2    | support | 2026-11-16 09:10:00+01 | 4      | abandoned
                1.3    | support | 2026-11-16 09:10:00+01 |        | in_progress
                """
            )
            try fixture.insert(
                "queue_event",
                [("pbx_id", "1"), ("event", "ENTERQUEUE")],
                """
                at                     | event_hash
                2026-11-16 09:00:00+01 | 1
                2026-11-19 09:00:00+01 | 2
                """
            )
            try fixture.insert(
                "call",
                Self.constants + [
                    ("queues", "0"), ("direction", "inbound"), ("disposition", "no_answer"), ("talk_s", "0"),
                ],
                """
                call_id | linkedid | started_at
                1       | 1.1      | 2026-11-16 09:00:00+01
                2       | 1.9      | 2026-11-17 09:00:00+01
                """
            )
            try fixture.insert(
                "cdr",
                [
                    ("pbx_id", "1"), ("leg_no", "1"), ("content_hash", "1"), ("row_hash", "1"), ("duration_s", "1"),
                    ("billsec_s", "0"), ("lastapp", "Queue"),
                ],
                """
                call_id | start_at               | uniqueid | linkedid
                1       | 2026-11-16 09:00:00+01 | 1.1      | 1.1
                2       | 2026-11-17 09:00:00+01 | 1.9      | 1.9
                """
            )
            let notes = try fixture.result(ReportCatalogue().definition("calls"), .week47()).notes.map(\.text)
            #expect(notes.count == 5)
            #expect(notes[0] == "No calls and no queue events on 2026-11-18, 2026-11-20 to 2026-11-22.")
            #expect(notes[1] == "CDRs but no queue events on 2026-11-17.")
            #expect(notes[2] == "Queue events but no CDRs on 2026-11-19.")
            #expect(notes[3].hasPrefix("1 call has a queue leg in the CDRs but no visit"))
            #expect(notes[4].hasPrefix("1 visit of the queue_log has no CDR"))
            var request = ReportRequest.week47()
            request.window = .days(2)
            #expect(
                try fixture.result(ReportCatalogue().definition("calls"), request).notes == [.noData]
            )
        }
    }
}
