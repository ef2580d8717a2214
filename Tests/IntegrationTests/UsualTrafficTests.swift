import Base
import Configuration
import Postgres
import Testing
import TestSupport
import Transform

@testable import Services

/// What is usual, by the stored calls.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct UsualTrafficTests {
    /// Sunday 2026-11-22 12:00 UTC, 13:00 in Berlin.
    private static let now = Moment(seconds: noon)

    private static func insert(
        _ connection: borrowing Connection,
        _ calls: [(at: Moment, direction: String, number: String?)]
    ) throws {
        try connection.execute(
            "insert into voip.pbx (name, timezone) values ('main', 'Europe/Berlin') on conflict do nothing"
        )
        for (index, call) in calls.enumerated() {
            let parameters: [Parameter] = [
                .int64(Int64(index + 1)), .text(call.direction), .moment(call.at),
                call.number.map { .text($0) } ?? .null,
            ]
            _ = try connection.query(
                """
                insert into voip.call (call_id, pbx_id, linkedid, direction, disposition, started_at, duration_s, talk_s,
                    queues, transfers, legs, row_hash, customer_e164)
                select $1, p.pbx_id, 'id-' || $1::text, $2, 'answered', $3, 10, 5, 0, 0, 1, 0, $4
                from voip.pbx as p
                """,
                parameters
            )
        }
    }

    @Test func `incoming calls of this hour of the week are counted on the PBX's clock`() async throws {
        try await Bench.with { bench in
            // The clocks in Berlin were set back in the night to 2026-10-25: a week before, 13:00 was 11:00 UTC.
            let weeks: [Int64] = [1, 2, 3, 4, 5]
            var calls = weeks.flatMap { week -> [(at: Moment, direction: String, number: String?)] in
                let at = Self.now - .seconds(week * 604_800) - (week == 5 ? .seconds(3600) : .zero)
                return [
                    (at - .seconds(1800), "inbound", nil), (at + .seconds(1799), "inbound", nil),
                    (at - .seconds(1801), "inbound", nil), (at + .seconds(1800), "inbound", nil),
                    (at, "outbound", nil), (at + .seconds(86_400), "inbound", nil),
                ]
            }
            calls.append((Self.now - .seconds(5 * 604_800 + 7200), "internal", nil))
            try Self.insert(bench.connection, calls)
            let usual = try UsualTraffic.incoming(bench.connection, "main", "Europe/Berlin", at: Self.now)
            // Two of each week are within half an hour.
            #expect(usual == 2)
            #expect(try UsualTraffic.incoming(bench.connection, "other", "Europe/Berlin", at: Self.now) == nil)
        }
    }

    @Test func `two weeks are too few to know what is usual`() async throws {
        try await Bench.with { bench in
            let calls = [1, 2].map {
                (at: Self.now - .seconds($0 * 604_800 + 10), direction: "inbound", number: String?.none)
            }
            try Self.insert(bench.connection, calls)
            #expect(try UsualTraffic.incoming(bench.connection, "main", "UTC", at: Self.now) == nil)
        }
    }

    @Test func `countries are those that were called in ninety days`() async throws {
        try await Bench.with { bench in
            let day = Duration.seconds(86_400)
            try Self.insert(
                bench.connection,
                [
                    (Self.now - day, "outbound", "+37167000000"), (Self.now - day * 89, "outbound", "+4930123456"),
                    (Self.now - day * 91, "outbound", "+33142000000"), (Self.now - day, "inbound", "+48221234567"),
                    (Self.now - day, "outbound", nil),
                ]
            )
            let settings = try Settings.load(
                environment: [
                    "CRM_VOIP_CONFIG": "/dev/null", "CRM_VOIP_DATA": bench.folder, "CRM_VOIP_PBX_MAIN_REGION": "DE",
                ]
            )
            let plan = try NumberPlan(try settings.pbx("main"))
            let countries = try UsualTraffic.countries(bench.connection, "main", plan, at: Self.now)
            #expect(countries == ["LV", "DE"])
        }
    }
}
