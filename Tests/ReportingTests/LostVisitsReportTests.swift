import Postgres
import Testing
import TestSupport

@testable import Reporting

@Suite("Report lost-visits", .enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct LostVisitsReportTests {
    private static let constants: [(String, String)] = [
        ("pbx_id", "1"), ("row_hash", "0"), ("legs", "1"), ("transfers", "0"), ("duration_s", "0"),
    ]

    private static let legConstants: [(String, String)] = [
        ("pbx_id", "1"), ("content_hash", "0"), ("row_hash", "0"), ("duration_s", "0"), ("billsec_s", "0"),
    ]

    @Test("who was lost, who they are, and what happened next")
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
            try fixture.insert(
                "cdr",
                Self.legConstants,
                """
                call_id | uniqueid | leg_no | start_at
                10      | 1.5      | 1      | 2026-11-16 12:00:00+01
                10      | 1.5      | 2      | 2026-11-16 12:00:30+01
                """
            )
            try fixture.connection.execute(
                """
                insert into voip.contact (source, kind, external_id, name, owner, updated_at) values
                    ('csv', 'company', '7', 'Zeta AG', 'Zoe', '2026-01-01'), ('csv', 'contact', '10', 'Ann', 'Carl', '2026-01-01'),
                    ('csv', 'contact', '9', 'Ben', 'Dora', '2026-01-01'), ('csv', 'contact', '1', 'Old', 'Eve', '2025-01-01'),
                    ('csv', 'lead', '2', 'Late', 'Fay', '2026-02-01');
                insert into voip.contact_number (number_e164, contact_id, priority, place)
                select '+49301', contact_id, priority, place
                from voip.contact join (values
                    ('contact', '9', 2, 0), ('contact', '10', 2, 1), ('contact', '1', 0, 2), ('lead', '2', 0, 3),
                    ('company', '7', 0, 4)) as list (kind, external_id, priority, place) using (kind, external_id)
                """
            )
            let lines = try fixture.report("lost-visits", .week47())
            #expect(
                lines.map {
                    $0["queue", "outcome", "wait_s", "caller_e164", "attempts", "status"].joined(separator: " ")
                } == [
                    "support abandoned 30 +49301 2 called_back", "support abandoned_short 4 +49301 2 called_back",
                    "support timed_out 60 +49302 1 got_through", "support unserved   1 no_number",
                    "support exit_key 20 +49303 1 got_through", "support withdrawn 20 +49304 1 attempted",
                    " no_answer 17 +49305 1 got_through",
                    // Refused on entry by a queue with a log. The queue office has none: its estimates would be visits.
                    "support busy 2 +49306 1 open",
                ]
            )
            // The contact that the matching ranks first, to which the calls are linked.
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
            // The same number of lost visits as the report on queues counts.
            let queues = try fixture.report("queues", .week47())
            let counted = ["abandoned", "timed_out", "exit_key", "exit_empty", "withdrawn", "unserved"]
                .reduce(0) { sum, name in queues.reduce(sum) { $0 + (Int($1[name]) ?? 0) } }
            #expect(lines.count { !$0["queue"].isEmpty } - 1 == counted)
        }
    }

    /// The call is named after the channel of an agent who called out and handed over the customer.
    @Test("a caller who is lost under another channel's name than the call's")
    func namedAfterAnotherChannel() async throws {
        try await Fixture.with { fixture in
            try fixture.visits(
                """
                callid | queue   | entered_at             | left_at                | wait_s | outcome   | connected_at           | agent
                2.1    | support | 2026-11-16 09:00:00+01 | 2026-11-16 09:00:40+01 | 40     | timed_out |                        |
                3.1    | support | 2026-11-16 10:00:00+01 | 2026-11-16 10:00:40+01 | 40     | timed_out |                        |
                3.2    | sales   | 2026-11-16 10:01:00+01 | 2026-11-16 10:03:00+01 | 20     | answered  | 2026-11-16 10:01:20+01 | Bob
                4.1    | support | 2026-11-16 11:00:00+01 | 2026-11-16 11:00:40+01 | 40     | timed_out |                        |
                4.2    | sales   | 2026-11-16 11:01:00+01 | 2026-11-16 11:01:30+01 | 30     | abandoned |                        |
                """
            )
            try fixture.connection.execute(
                """
                update voip.queue_visit set caller = '0304', caller_e164 = '+49304' where callid like '4.%'
                """
            )
            try fixture.insert(
                "call",
                Self.constants,
                """
                call_id | linkedid | direction | disposition | started_at             | answered_at            | talk_s | extension | queues | wait_source
                2       | 2.0      | outbound  | answered    | 2026-11-16 08:59:00+01 | 2026-11-16 09:00:50+01 | 60     | 104       | 1      | queue_log
                3       | 3.0      | outbound  | answered    | 2026-11-16 09:59:00+01 | 2026-11-16 09:59:10+01 | 60     | 104       | 2      | queue_log
                4       | 4.0      | inbound   | no_answer   | 2026-11-16 10:59:00+01 |                        | 0      |           | 2      | queue_log
                """
            )
            try fixture.insert(
                "cdr",
                Self.legConstants,
                """
                call_id | uniqueid | leg_no | start_at
                2       | 2.0      | 1      | 2026-11-16 08:59:00+01
                2       | 2.1      | 2      | 2026-11-16 09:00:00+01
                3       | 3.0      | 1      | 2026-11-16 09:59:00+01
                3       | 3.1      | 2      | 2026-11-16 10:00:00+01
                3       | 3.2      | 3      | 2026-11-16 10:01:00+01
                4       | 4.1      | 1      | 2026-11-16 11:00:00+01
                4       | 4.2      | 2      | 2026-11-16 11:01:00+01
                """
            )
            let lines = try fixture.report("lost-visits", .week47())
            #expect(
                lines.map { $0["queue", "status", "called_back_by", "attempts"] } == [
                    ["support", "got_through", "104", "1"], ["support", "got_through", "Bob", "1"],
                    // Lost twice in one call: one attempt.
                    ["support", "open", "", "1"], ["sales", "open", "", "1"],
                ]
            )
        }
    }

    @Test("numbers that are not E.164 are compared as written")
    func asWritten() async throws {
        try await Fixture.with { fixture in
            try fixture.visits(
                """
                callid | queue   | entered_at             | left_at                | wait_s | outcome   | caller
                1.1    | support | 2026-11-16 09:00:00+01 | 2026-11-16 09:00:40+01 | 40     | abandoned | 4711
                1.2    | support | 2026-11-16 10:00:00+01 | 2026-11-16 10:00:40+01 | 40     | abandoned | 4712
                """
            )
            try fixture.insert(
                "call",
                Self.constants + [("queues", "0")],
                """
                call_id | linkedid | direction | disposition | started_at             | talk_s | customer | extension
                1       | a        | outbound  | answered    | 2026-11-16 09:30:00+01 | 60     | 4711     | 102
                2       | b        | outbound  | no_answer   | 2026-11-16 10:30:00+01 | 0      | 4712     | 102
                """
            )
            let lines = try fixture.report("lost-visits", .week47())
            #expect(
                lines.map { $0["caller", "status", "called_back_by"] }
                    == [["4711", "called_back", "102"], ["4712", "attempted", ""]]
            )
        }
    }
}
