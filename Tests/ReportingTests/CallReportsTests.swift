import Postgres
import Testing
import TestSupport

@testable import Reporting

@Suite(
    "Reports calls, lost-calls and unmatched",
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

    @Test("who was lost, who they are, and what became of them")
    func lost() async throws {
        try await Fixture.with { fixture in
            try fixture.visits(
                """
                callid | queue   | entered_at             | connected_at           | left_at                | wait_s | outcome   | agent | caller | caller_e164
                1.1    | support | 2026-11-16 09:00:00+01 |                        | 2026-11-16 09:00:30+01 | 30     | abandoned |       | 0301   | +49301
                1.2    | support | 2026-11-16 09:10:00+01 |                        | 2026-11-16 09:10:04+01 | 4      | abandoned |       | 0301   | +49301
                1.3    | support | 2026-11-16 10:00:00+01 |                        | 2026-11-16 10:01:00+01 | 60     | timed_out |       | 0302   | +49302
                1.3    | sales   | 2026-11-16 10:01:00+01 | 2026-11-16 10:01:25+01 | 2026-11-16 10:05:00+01 | 25     | answered  | Bob   | 0302   | +49302
                1.4    | support | 2026-11-16 11:00:00+01 |                        |                        |        | unserved  |       |        |
                1.5    | support | 2026-11-16 12:00:00+01 |                        | 2026-11-16 12:00:20+01 | 20     | exit_key  |       | 0303   | +49303
                1.6    | support | 2026-11-16 13:00:00+01 |                        | 2026-11-16 13:00:20+01 | 20     | withdrawn |       | 0304   | +49304
                """
            )
            try fixture.insert(
                "call",
                Self.constants,
                """
                call_id | linkedid | direction | disposition | started_at             | ended_at               | answered_at            | wait_s | talk_s | customer | customer_e164 | extension | queues | queue | wait_source
                1       | a        | outbound  | no_answer   | 2026-11-16 09:20:00+01 |                        |                        |        | 0      | 0301     | +49301        | 101       | 0      | |
                2       | b        | outbound  | answered    | 2026-11-16 09:30:00+01 |                        | 2026-11-16 09:30:09+01 |        | 60     | 0301     | +49301        | 102       | 0      | |
                3       | c        | outbound  | answered    | 2026-11-16 08:00:00+01 |                        | 2026-11-16 08:00:09+01 |        | 60     | 0303     | +49303        | 102       | 0      | |
                4       | d        | outbound  | busy        | 2026-11-16 14:00:00+01 |                        |                        |        | 0      | 0304     | +49304        | 102       | 0      | |
                5       | e        | inbound   | no_answer   | 2026-11-16 15:00:00+01 | 2026-11-16 15:00:17+01 |                        | 17     | 0      | 0305     | +49305        | 101       | 0      | |
                6       | f        | inbound   | answered    | 2026-11-17 15:00:00+01 | 2026-11-17 15:05:17+01 | 2026-11-17 15:00:05+01 | 5      | 300    | 0305     | +49305        | 103       | 0      | |
                7       | g        | inbound   | no_answer   | 2026-11-16 09:00:00+01 | 2026-11-16 09:00:30+01 |                        | 30     | 0      | 0301     | +49301        |           | 1      | support | queue_log
                8       | h        | inbound   | busy        | 2026-11-18 09:00:00+01 | 2026-11-18 09:00:02+01 |                        | 2      | 0      | 0306     | +49306        |           | 1      | support | cdr
                9       | i        | inbound   | no_answer   | 2026-11-18 09:00:00+01 | 2026-11-18 09:00:02+01 |                        | 2      | 0      | 0307     | +49307        |           | 1      | office  | cdr
                10      | 1.5      | inbound   | answered    | 2026-11-16 12:00:00+01 | 2026-11-16 12:03:00+01 | 2026-11-16 12:00:50+01 | 20     | 9      | 0303     | +49303        | 104       | 1      | support | queue_log
                11      | k        | inbound   | answered    | 2026-11-19 12:00:00+01 | 2026-11-19 12:03:00+01 | 2026-11-19 12:00:01+01 |        | 9      | 0306     | +49306        |           | 0      |         |
                """
            )
            try fixture.connection.execute(
                """
                insert into voip.contact (source, kind, external_id, name, owner, updated_at) values
                    ('csv', 'company', '7', 'Zeta AG', 'Zoe', '2026-01-01'), ('csv', 'contact', '10', 'Ann', 'Carl', '2026-01-01'),
                    ('csv', 'contact', '9', 'Ben', 'Dora', '2026-01-01'), ('csv', 'contact', '1', 'Old', 'Eve', '2025-01-01'),
                    ('csv', 'lead', '2', 'Late', 'Fay', '2026-02-01');
                insert into voip.contact_number select '+49301', contact_id, 0 from voip.contact
                """
            )
            let lines = try fixture.report("lost-calls", .week47())
            #expect(
                lines.map {
                    $0["queue", "outcome", "wait_s", "caller_e164", "attempts", "status"].joined(separator: " ")
                } == [
                    "support abandoned 30 +49301 2 called_back", "support abandoned_short 4 +49301 2 called_back",
                    "support timed_out 60 +49302 1 got_through", "support unserved   1 no_number",
                    "support exit_key 20 +49303 1 got_through", "support withdrawn 20 +49304 1 attempted",
                    " no_answer 17 +49305 1 got_through",
                    // Refused at the door of a queue with a log. Queue office has none: its estimates would be visits.
                    "support busy 2 +49306 1 open",
                ]
            )
            // A contact before a lead and a company, the newest first, then the smaller id: 9 before 10.
            #expect(lines[0]["contact_kind", "contact_id", "contact_name", "owner"] == ["contact", "9", "Ben", "Dora"])
            #expect(
                lines[0]["lost_at", "called_back_at", "called_back_by", "callback_delay_s"]
                    == ["2026-11-16T09:00:30+01:00", "2026-11-16T09:30:00+01:00", "102", "1770"]
            )
            #expect(
                lines[2]["called_back_at", "called_back_by", "callback_delay_s"]
                    == ["2026-11-16T10:01:25+01:00", "Bob", "25"]
            )
            #expect(lines[3]["lost_at", "called_back_at", "contact_id"] == ["2026-11-16T11:00:00+01:00", "", ""])
            #expect(lines[6]["called_back_at", "called_back_by"] == ["2026-11-17T15:00:05+01:00", "103"])
            // A key led to a phone; an announcement that "answered" later spoke to nobody.
            #expect(lines[4]["called_back_at", "called_back_by"] == ["2026-11-16T12:00:50+01:00", "104"])
            // As many lost visits here as the report of the queues counts.
            let queues = try fixture.report("queues", .week47())
            let counted = ["abandoned", "timed_out", "exit_key", "exit_empty", "withdrawn", "unserved"]
                .reduce(0) { sum, name in queues.reduce(sum) { $0 + (Int($1[name]) ?? 0) } }
            #expect(lines.count { !$0["queue"].isEmpty } - 1 == counted)
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
                4       | d        | inbound   | answered    | 2026-11-16 09:00:00+01 | 5      | 4711     |               | unmatched
                """
            )
            let lines = try fixture.report("unmatched", .week47())
            #expect(lines.map { $0["number_e164"] } == ["+49302", "4711"])
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
            let notes = try fixture.result(ReportCatalogue().definition("calls"), .week47()).notes
            #expect(notes.count == 5)
            #expect(notes[0] == "No calls and no queue events on 2026-11-18, 2026-11-20 to 2026-11-22.")
            #expect(notes[1] == "CDRs but no queue events on 2026-11-17.")
            #expect(notes[2] == "Queue events but no CDRs on 2026-11-19.")
            #expect(notes[3].hasPrefix("1 call has a queue leg in the CDRs but no visit"))
            #expect(notes[4].hasPrefix("1 visit of the queue_log has no CDR"))
            var request = ReportRequest.week47()
            request.window = .days(2)
            #expect(
                try fixture.result(ReportCatalogue().definition("calls"), request).notes
                    == ["The warehouse has no calls and no queue events of this time."]
            )
        }
    }
}
