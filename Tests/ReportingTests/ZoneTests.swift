import Base
import Postgres
import Testing
import TestSupport

@testable import Reporting

/// Periods where clocks change. One visit every half hour of real time, so each full hour offers two.
@Suite("Periods and time zones", .enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct ZoneTests {
    struct Day: Sendable, CustomTestStringConvertible {
        let zone: String
        let from: String
        let to: String
        let hours: Int
        /// Some beginnings that the hours must include.
        let starts: [String]

        var testDescription: String { "\(zone) \(from)" }
    }

    static let days = [
        Day(
            zone: "Europe/Berlin",
            from: "2026-10-25",
            to: "2026-10-26",
            hours: 25,
            starts: ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"]
        ),
        Day(
            zone: "America/New_York",
            from: "2026-11-01",
            to: "2026-11-02",
            hours: 25,
            starts: ["2026-11-01T01:00:00-04:00", "2026-11-01T01:00:00-05:00"]
        ),
        Day(
            zone: "America/New_York",
            from: "2026-03-08",
            to: "2026-03-09",
            hours: 23,
            starts: ["2026-03-08T01:00:00-05:00", "2026-03-08T03:00:00-04:00"]
        ),
        Day(
            zone: "Asia/Kolkata",
            from: "2026-03-08",
            to: "2026-03-09",
            hours: 24,
            starts: ["2026-03-08T00:00:00+05:30", "2026-03-08T23:00:00+05:30"]
        ),
        // The clock goes back from 01:00 to midnight: the day begins at the first midnight.
        Day(
            zone: "America/Havana",
            from: "2026-11-01",
            to: "2026-11-02",
            hours: 25,
            starts: ["2026-11-01T00:00:00-04:00", "2026-11-01T00:00:00-05:00"]
        ),
        // The clock goes from midnight to 01:00: the day begins there.
        Day(
            zone: "America/Havana",
            from: "2026-03-08",
            to: "2026-03-09",
            hours: 23,
            starts: ["2026-03-08T01:00:00-04:00"]
        ),
    ]

    @Test("hours of the day on which the clock changes", arguments: days)
    func hours(_ day: Day) async throws {
        try await Fixture.with { fixture in
            try fixture.connection.execute(
                """
                insert into voip.queue_visit (pbx_id, callid, queue, entry, source, entered_at, outcome, wait_s)
                select 1, at::text, 'support', 1, 'queue_log', at, 'abandoned', 9
                from generate_series(
                    timestamptz '2026-03-01 00:00+00', timestamptz '2026-03-15 00:00+00', interval '30 minutes') as at
                union all
                select 1, at::text, 'support', 1, 'queue_log', at, 'abandoned', 9
                from generate_series(
                    timestamptz '2026-10-20 00:00+00', timestamptz '2026-11-10 00:00+00', interval '30 minutes') as at
                """
            )
            let from = try #require(WrittenTime(day.from))
            let to = try #require(WrittenTime(day.to))
            var request = ReportRequest(window: .between(from, to), interval: .hour, timeZone: day.zone)
            request.now = "2027-01-01 00:00:00+00"
            let lines = try fixture.report("queues", request)
            #expect(lines.count == day.hours)
            #expect(lines.allSatisfy { $0["offered"] == "2" })
            let starts = lines.map { $0["period_start"] }
            #expect(starts.first == day.starts.first || starts.first?.hasPrefix("\(day.from)T00:00:00") == true)
            for start in day.starts { #expect(starts.contains(start)) }
            request.interval = .day
            let whole = try fixture.report("queues", request)
            #expect(whole.map { $0["offered"] } == [String(2 * day.hours)])
            #expect(whole.first?["period_start"] == starts.first)
            #expect(whole.first?["period_end"] == lines.last?["period_end"])
        }
    }

    @Test("a week with a change is seven days and 169 hours")
    func week() async throws {
        try await Fixture.with { fixture in
            try fixture.visits(
                """
                callid | queue   | entered_at             | wait_s | outcome
                1.1    | support | 2026-10-25 02:30:00+02 | 1      | abandoned
                1.2    | support | 2026-10-25 02:30:00+01 | 2      | abandoned
                """
            )
            var request = ReportRequest(
                window: .week(try #require(ISOWeek("2026-W43"))),
                interval: .hour,
                timeZone: "Europe/Berlin"
            )
            request.now = "2026-11-23 00:00:00+00"
            let lines = try fixture.report("queues", request)
            #expect(lines.count == 169)
            #expect(
                lines.filter { $0["offered"] == "1" }.map { $0["period_start"] }
                    == ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"]
            )
            request.interval = .day
            let days = try fixture.report("queues", request)
            #expect(days.count == 7)
            #expect(
                days.last?["period_start", "period_end", "offered"]
                    == ["2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00", "2"]
            )
        }
    }

    @Test("months begin on their first, the first one with the window")
    func months() async throws {
        try await Fixture.with { fixture in
            try fixture.visits(
                """
                callid | queue   | entered_at             | wait_s | outcome
                1.1    | support | 2026-09-20 00:00:00+02 | 1      | abandoned
                """
            )
            let from = try #require(WrittenTime("2026-09-15"))
            let to = try #require(WrittenTime("2026-11-02 12:00"))
            var request = ReportRequest(window: .between(from, to), interval: .month, timeZone: "Europe/Berlin")
            request.now = "2026-11-23 00:00:00+00"
            let lines = try fixture.report("queues", request)
            #expect(
                lines.map { $0["period_start"] }
                    == ["2026-09-15T00:00:00+02:00", "2026-10-01T00:00:00+02:00", "2026-11-01T00:00:00+01:00"]
            )
            #expect(lines.last?["period_end"] == "2026-11-02T12:00:00+01:00")
        }
    }

    @Test("the future has no rows; the zone of the only PBX is the default")
    func future() async throws {
        try await Fixture.with { fixture in
            try fixture.visits(
                """
                callid | queue   | entered_at             | wait_s | outcome
                1.1    | support | 2026-11-16 09:00:00+01 | 1      | abandoned
                """
            )
            var request = ReportRequest(window: .week(try #require(ISOWeek("2026-W47"))), interval: .day)
            request.now = "2026-11-18 12:00:00+01"
            let lines = try fixture.report("queues", request)
            #expect(lines.map { $0["period_start"].prefix(10) } == ["2026-11-16", "2026-11-17", "2026-11-18"])
            #expect(lines[0]["timezone"] == "Europe/Berlin")
            request.window = .days(1)
            let days = try fixture.report("queues", request)
            #expect(days.isEmpty)
            request.window = .days(2)
            #expect(try fixture.report("queues", request).last?["period_end"] == "2026-11-18T12:00:00+01:00")
        }
    }

    @Test("names that are not zones are refused", arguments: ["Berlin", "Europe/Nowhere", "EST5EDT4", "+3", ""])
    func unknown(_ zone: String) async throws {
        try await Fixture.with { fixture in
            var request = ReportRequest.week47()
            request.timeZone = zone
            let error = #expect(throws: ReportError.self) { try fixture.report("queues", request) }
            #expect(error?.code == .timeZone)
        }
    }
}
