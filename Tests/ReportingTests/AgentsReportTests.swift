import Base
import Postgres
import Testing
import TestSupport

@testable import Reporting

@Suite("Report agents", .enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct AgentsReportTests {
    private static let pbx: [(String, String)] = [("pbx_id", "1")]

    @Test("sessions, rings and calls of one agent under three names are one row")
    func identity() async throws {
        try await Fixture.with { fixture in
            try fixture.insert(
                "agent",
                Self.pbx,
                """
                agent    | interface | extension
                John Doe | PJSIP/101 | 101
                """
            )
            // ADDMEMBER logged the interface. Two queues: 08:00-12:00 and 09:00-13:00 are five hours.
            try fixture.insert(
                "agent_session",
                Self.pbx,
                """
                agent     | kind       | queue   | started_at             | ended_at
                PJSIP/101 | membership | support | 2026-11-16 08:00:00+01 | 2026-11-16 12:00:00+01
                PJSIP/101 | membership | sales   | 2026-11-16 09:00:00+01 | 2026-11-16 13:00:00+01
                John Doe  | pause      | support | 2026-11-16 10:00:00+01 | 2026-11-16 10:30:00+01
                John Doe  | pause      | sales   | 2026-11-16 10:00:00+01 | 2026-11-16 10:45:00+01
                John Doe  | pause      | ''      | 2026-11-16 10:00:00+01 | 2026-11-16 10:40:00+01
                John Doe  | pause      | sales   | 2026-11-16 12:50:00+01 | 2026-11-16 13:20:00+01
                """
            )
            try fixture.visits(
                """
                callid | queue   | entered_at             | left_at                | wait_s | ring_s | talk_s | outcome  | agent    | transferred
                1.01   | support | 2026-11-16 09:00:00+01 | 2026-11-16 09:12:00+01 | 10     | 3      | 700    | answered | John Doe | f
                1.02   | sales   | 2026-11-16 09:30:00+01 | 2026-11-16 09:40:00+01 | 20     | 5      | 770    | answered | John Doe | t
                """
            )
            try fixture.insert(
                "queue_event",
                Self.pbx,
                """
                at                     | event_hash | event        | queue   | agent    | data1
                2026-11-16 11:00:00+01 | 1          | RINGNOANSWER | support | John Doe | 15000
                2026-11-16 11:01:00+01 | 2          | RINGNOANSWER | support | John Doe | 1499
                2026-11-16 11:02:00+01 | 3          | RINGCANCELED | support | John Doe | 2500
                2026-11-15 23:59:59+01 | 4          | RINGNOANSWER | support | John Doe | 9000
                """
            )
            try fixture.insert(
                "call",
                Self.pbx + [("row_hash", "0"), ("legs", "1"), ("transfers", "0"), ("queues", "0")],
                """
                call_id | linkedid | direction | disposition | started_at             | duration_s | talk_s | extension
                1       | a        | outbound  | answered    | 2026-11-16 11:30:00+01 | 70         | 60     | 101
                2       | b        | outbound  | no_answer   | 2026-11-16 11:40:00+01 | 20         | 0      | 101
                3       | c        | inbound   | answered    | 2026-11-16 11:50:00+01 | 20         | 10     | 101
                4       | d        | outbound  | answered    | 2026-11-16 11:50:00+01 | 20         | 10     | 102
                """
            )
            let lines = try fixture.report("agents", .week47())
            try #require(lines.map { $0["agent"] } == ["John Doe"])
            let line = lines[0]
            #expect(line["extension", "queues", "session_source"] == ["101", "sales;support", "members"])
            // 5 h; pauses 10:00-10:45 and 12:50-13:00
            #expect(line["login_s", "pause_s", "available_s"] == ["18000", "3300", "14700"])
            // 3 + 5 + 15 + 1.499 + 2.5 = 26.999
            #expect(line["ring_s", "talk_s", "wrap_s"] == ["27", "1470", "0"])
            #expect(line["offered", "answered", "ring_no_answer", "ring_no_answer_s"] == ["4", "2", "2", "16"])
            #expect(line["answered_pct", "transferred", "aht_s"] == ["50.0", "1", "735.0"])
            #expect(line["outbound_calls", "outbound_talk_s"] == ["2", "60"])
            // 1470 / 14700, 1470 / 18000 = 8.17, 2 calls in 5 hours
            #expect(line["occupancy_pct", "utilisation_pct", "calls_per_hour"] == ["10.0", "8.2", "0.4"])
            #expect(line["first_login", "last_logout"] == ["2026-11-16T08:00:00+01:00", "2026-11-16T13:00:00+01:00"])
            for name in ["John Doe", "PJSIP/101", "101"] {
                var request = ReportRequest.week47()
                request.agent = name
                #expect(try fixture.report("agents", request).count == 1, "\(name)")
            }
        }
    }

    @Test("a static member has no login, but pauses and calls")
    func staticMember() async throws {
        try await Fixture.with { fixture in
            try fixture.visits(
                """
                callid | queue   | entered_at             | wait_s | talk_s | outcome  | agent
                1.01   | support | 2026-11-16 09:00:00+01 | 10     | 700    | answered | SIP/8007
                """
            )
            try fixture.insert(
                "agent_session",
                Self.pbx,
                """
                agent    | kind  | queue   | started_at             | ended_at
                SIP/8007 | pause | support | 2026-11-15 23:50:00+01 | 2026-11-16 00:10:00+01
                """
            )
            let line = try #require(try fixture.report("agents", .week47()).first)
            #expect(line["agent", "extension", "session_source"] == ["SIP/8007", "8007", "static"])
            #expect(line["login_s", "pause_s", "available_s"] == ["", "600", ""])
            #expect(line["occupancy_pct", "utilisation_pct", "calls_per_hour", "first_login"] == ["", "", "", ""])
        }
    }

    @Test("sessions are cut to the periods; an open one ends with the data")
    func crossing() async throws {
        try await Fixture.with { fixture in
            try fixture.insert(
                "agent_session",
                Self.pbx,
                """
                agent | kind       | queue   | started_at             | ended_at
                Carol | membership | support | 2026-11-15 20:00:00+01 | 2026-11-16 10:00:00+01
                Carol | membership | support | 2026-11-16 23:00:00+01 | 2026-11-17 01:00:00+01
                Carol | membership | sales   | 2026-11-17 00:30:00+01 |
                Dave  | login      | ''      | 2026-11-17 08:00:00+01 | 2026-11-17 09:00:00+01
                """
            )
            try fixture.insert(
                "queue_event",
                Self.pbx,
                """
                at                     | event_hash | event       | queue | agent
                2026-11-17 02:30:00+01 | 1          | QUEUESTART  |       |
                """
            )
            let days = try fixture.report("agents", .week47(.day))
            #expect(
                days.map { $0["period_start"].prefix(10) + " " + $0["agent"] }
                    == ["2026-11-16 Carol", "2026-11-17 Carol", "2026-11-17 Dave"]
            )
            // 10 hours and 1 hour; 00:00 to 02:30
            #expect(days.map { $0["login_s"] } == ["39600", "9000", "3600"])
            #expect(days.map { $0["queues"] } == ["support", "sales;support", ""])
            #expect(days.map { $0["session_source"] } == ["members", "members", "login"])
            // Logged in before the day began, and still logged in when it ended.
            #expect(days[0]["first_login", "last_logout"] == ["", ""])
            #expect(days[1]["first_login", "last_logout"] == ["", ""])
            #expect(
                days[2]["first_login", "last_logout"] == ["2026-11-17T08:00:00+01:00", "2026-11-17T09:00:00+01:00"]
            )
            let hours = try fixture.report("agents", .week47(.hour)).filter { $0["agent"] == "Carol" }
            #expect(hours.reduce(0) { $0 + (Int($1["login_s"]) ?? 0) } == 48600)
            #expect(hours.count == 10 + 1 + 3)
        }
    }

    @Test("union of random sessions and pauses against a count of minutes", arguments: 0..<20)
    func random(_ seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        // Minutes of the week's Monday; a session may begin on Sunday and end on Tuesday.
        var login = Set<Int>()
        var pause = Set<Int>()
        var rows = ["agent | kind | queue | started_at | ended_at"]
        for number in 0..<Int.random(in: 1...12, using: &random) {
            let start = Int.random(in: -300..<1500, using: &random)
            let end = start + Int.random(in: 1...400, using: &random)
            let isPause = number > 0 && Bool.random(using: &random)
            let minutes = Set(start..<end)
            if isPause { pause.formUnion(minutes) } else { login.formUnion(minutes) }
            let queue = isPause ? "q\(number)" : "q\(number % 3)"
            rows.append(
                "Eve | \(isPause ? "pause" : "membership") | \(queue) | \(Self.clock(start)) | \(Self.clock(end))"
            )
        }
        try await Fixture.with { fixture in
            let unique = rows.enumerated().filter { place, row in
                !rows[..<place].contains { $0.split(separator: "|")[1...3] == row.split(separator: "|")[1...3] }
            }
            try fixture.insert("agent_session", Self.pbx, unique.map(\.element).joined(separator: "\n"))
            let from = try #require(WrittenTime("2026-11-16"))
            let to = try #require(WrittenTime("2026-11-17"))
            var request = ReportRequest(window: .between(from, to), timeZone: "UTC")
            request.now = "2026-11-23 00:00:00+00"
            let day = Set(0..<1440)
            let lines = try fixture.report("agents", request)
            let expected = login.intersection(day)
            guard let line = lines.first else { return #expect(expected.isEmpty) }
            #expect(line["login_s"] == String(expected.count * 60))
            #expect(line["pause_s"] == String(expected.intersection(pause).count * 60))
        }
    }

    private static func clock(_ minute: Int) -> String {
        let day = 16 + minute.dividedFlooring(by: 1440)
        let rest = minute - minute.dividedFlooring(by: 1440) * 1440
        return "2026-11-\(day) \((rest / 60).padded(2)):\((rest % 60).padded(2)):00+00"
    }

    @Test("outbound calls of an agent whose extension is known only from the logged name")
    func outboundByLoggedName() async throws {
        try await Fixture.with { fixture in
            try fixture.visits(
                """
                callid | queue   | entered_at             | left_at                | wait_s | ring_s | talk_s | outcome  | agent
                1.1    | support | 2026-11-16 09:00:00+01 | 2026-11-16 09:12:00+01 | 10     | 3      | 700    | answered | PJSIP/102
                """
            )
            try fixture.connection.execute(
                """
                insert into voip.call (call_id, pbx_id, linkedid, direction, disposition, started_at, ended_at, duration_s, talk_s,
                                       queues, transfers, legs, row_hash, extension)
                values (1, 1, 'a', 'outbound', 'answered', '2026-11-16 11:30+01', '2026-11-16 11:31+01', 60, 9, 0, 0, 1, 0, '102')
                """
            )
            let lines = try fixture.report("agents", .week47())
            #expect(
                lines.map { $0["agent", "extension", "outbound_calls", "outbound_talk_s"] } == [
                    ["PJSIP/102", "102", "1", "9"]
                ]
            )
        }
    }
}

/// Sebastiano Vigna's SplitMix64: the same numbers for the same seed, everywhere.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
