import Base
import Postgres
import Testing
import TestSupport

@testable import Reporting

/// Where the hours of a window begin.
@Suite("Hours of a window", .enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct HourTests {
    /// Beginnings of the hours in a window, written by hand.
    struct Hours: Sendable, CustomTestStringConvertible {
        let zone: String
        let from: String
        let to: String
        let starts: [String]

        var testDescription: String { "\(zone) \(from)" }
    }

    static let windows = [
        Hours(
            zone: "Europe/Berlin",
            from: "2026-11-16 10:50",
            to: "2026-11-16 13:10",
            starts: [
                "2026-11-16T10:50:00+01:00", "2026-11-16T11:00:00+01:00", "2026-11-16T12:00:00+01:00",
                "2026-11-16T13:00:00+01:00",
            ]
        ),
        Hours(
            zone: "Asia/Kolkata",
            from: "2026-11-16 10:50",
            to: "2026-11-16 11:10",
            starts: ["2026-11-16T10:50:00+05:30", "2026-11-16T11:00:00+05:30"]
        ),
        // The clock goes back from 02:00 to 01:30, and the second half hour from 01:30 is a period of its own.
        Hours(
            zone: "Australia/Lord_Howe",
            from: "2026-04-05 00:00",
            to: "2026-04-05 03:00",
            starts: [
                "2026-04-05T00:00:00+11:00", "2026-04-05T01:00:00+11:00", "2026-04-05T01:30:00+10:30",
                "2026-04-05T02:00:00+10:30",
            ]
        ),
        // A local time that occurs twice means the earlier moment.
        Hours(
            zone: "Australia/Lord_Howe",
            from: "2026-04-05 01:45",
            to: "2026-04-05 03:00",
            starts: ["2026-04-05T01:45:00+11:00", "2026-04-05T01:30:00+10:30", "2026-04-05T02:00:00+10:30"]
        ),
        // The clock goes from 02:00 to 02:30, so this hour has only half an hour.
        Hours(
            zone: "Australia/Lord_Howe",
            from: "2026-10-04 01:00",
            to: "2026-10-04 04:00",
            starts: [
                "2026-10-04T01:00:00+10:30", "2026-10-04T02:30:00+11:00", "2026-10-04T03:00:00+11:00",
            ]
        ),
    ]

    @Test("hours begin where the clock shows a full hour, or is set", arguments: windows)
    func beginnings(_ hours: Hours) async throws {
        try await Fixture.with { fixture in
            try fixture.connection.execute(
                """
                insert into voip.queue_visit (pbx_id, callid, queue, entry, source, entered_at, outcome, wait_s)
                select 1, '1.1', 'support', n, 'queue_log', at, 'abandoned', 9
                from unnest(array[timestamptz '2026-11-16 05:25+00', '2026-11-16 10:00+00', '2026-04-04 14:00+00',
                    '2026-04-04 15:40+00', '2026-10-03 15:00+00']) with ordinality as list (at, n)
                """
            )
            let from = try #require(WrittenTime(hours.from))
            let to = try #require(WrittenTime(hours.to))
            var request = ReportRequest(window: .between(from, to), interval: .hour, timeZone: hours.zone)
            request.now = "2027-01-01 00:00:00+00"
            let lines = try fixture.report("queues", request)
            #expect(lines.map { $0["period_start"] } == hours.starts)
            #expect(lines.dropLast().map { $0["period_end"] } == Array(hours.starts.dropFirst()))
        }
    }
}
