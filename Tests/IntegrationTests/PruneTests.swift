import CallRecords
import Glibc
import Load
import Pipeline
import Postgres
import Testing
import TestSupport
import Warehouse

/// What is older than the retention period is removed, and the rest is as if the old data had never been loaded.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct PruneTests {
    private static let day: Int64 = 86_400
    private static let today = Int64(time(nil)) / day * day
    private static let old = today - 800 * day
    private static let recent = today - 2 * day

    /// A call with two legs to an agent of a queue.
    private static func call(at start: Int64, agent: String) -> (legs: [Line], events: String) {
        let name = "\(start).1"
        let legs = [
            Line(name, sequence: 1).with { $0.lastapp = "Queue" },
            Line("\(start).2", linkedid: name, sequence: 2),
        ]
        let events = """
            \(start)|\(name)|support|NONE|ENTERQUEUE||79160000001|1
            \(start + 5)|\(name)|support|\(agent)|CONNECT|5|\(start).2|3
            \(start + 25)|\(name)|support|\(agent)|COMPLETECALLER|5|20|1

            """
        return (legs, events)
    }

    private static let oldCall = call(at: old, agent: "Anna")
    private static let recentCall = call(at: recent, agent: "Boris")
    /// Anna left long ago; Boris has been a member since before the limit.
    private static let oldSessions = """
        \(old - 100 * day)|NONE|support|Anna|ADDMEMBER|
        \(old + 100 * day)|NONE|support|Anna|REMOVEMEMBER|

        """
    private static let openSession = "\(old + day)|NONE|support|Boris|ADDMEMBER|\n"

    /// Loads both calls and prunes; passes on the connection and what was removed.
    private func withPruned(
        isDryRun: Bool = false,
        _ change: (inout RetentionPolicy) -> Void,
        _ body: (inout Bench, Pruning.Summary) throws -> Void
    ) async throws {
        try await Bench.with { bench in
            _ = try bench.run(
                [bench.write((Self.oldCall.legs + Self.recentCall.legs).csv, to: "Master.csv")],
                queueLog: [
                    bench.write(
                        Self.oldSessions + Self.oldCall.events + Self.openSession + Self.recentCall.events,
                        to: "queue_log"
                    )
                ]
            )
            // One caller was dealt with long ago, and one recently.
            try bench.connection.execute(
                """
                insert into voip.callback (pbx_id, caller_key, done_by, done_at, changed_at)
                values (1, '+79160000001', 'anna', now() - interval '800 days', now() - interval '800 days'),
                       (1, '+79160000002', 'anna', now(), now())
                """
            )
            var policy = RetentionPolicy()
            change(&policy)
            let summary = try Pruning(policy).run(bench.connection, isDryRun: isDryRun)
            try body(&bench, summary)
            let findings = try Checks().run(bench.connection)
            #expect(findings.isEmpty, "\(findings)")
        }
    }

    private static let year = RetentionAge("1y")

    @Test func `after pruning, the rest is as if the calls had never been loaded`() async throws {
        try await withPruned {
            $0.calls = Self.year
        } _: { bench, summary throws in
            let rows = Dictionary(uniqueKeysWithValues: summary.removals.map { ($0.table, $0.rows) })
            // Two legs, one call and visit, its three events and Anna's two, one session.
            #expect(
                rows
                    == [
                        "cdr": 2, "call": 1, "call_alias": 0, "queue_visit": 1, "queue_event": 5, "agent_session": 1,
                        "callback": 1,
                    ]
            )
            let pruned = try Contents.meaning(bench.connection)
            try expectRecentCall(bench, pruned)
        }
    }

    /// Only the recent call, its events, and the member who is still logged in.
    private func expectRecentCall(_ bench: borrowing Bench, _ pruned: Contents) throws {
        let calls = try bench.connection.texts("select linkedid from voip.call")
        #expect(calls == ["\(Self.recent).1"])
        #expect(try bench.connection.texts("select distinct agent from voip.agent_session") == ["Boris"])
        #expect(pruned.tables["cdr"]?.count == 2 && pruned.tables["queue_event"]?.count == 4)
    }

    @Test func `pruned records are not loaded again`() async throws {
        try await withPruned {
            $0.calls = Self.year
        } _: { bench, _ throws in
            let before = try Contents.meaning(bench.connection)
            let again = try bench.run(
                ["\(bench.folder)/Master.csv"],
                queueLog: ["\(bench.folder)/queue_log"]
            )
            #expect(again.cdr?.outOfWindow == 2 && again.cdr?.inserted == 0 && again.cdr?.unchanged == 2)
            #expect(again.queueLog?.inserted == 0)
            #expect(try Contents.meaning(bench.connection) == before)
        }
    }

    @Test func `calls stay without their legs`() async throws {
        try await withPruned {
            $0.legs = Self.year
        } _: { bench, summary throws in
            #expect(summary.removals.map(\.rows) == [2])
            #expect(try bench.connection.count("select count(*) from voip.call") == 2)
            #expect(try bench.connection.count("select count(*) from voip.cdr") == 2)
            let again = try bench.run(["\(bench.folder)/Master.csv"])
            #expect(again.cdr?.inserted == 0)
            #expect(try bench.connection.count("select count(*) from voip.call") == 2)
        }
    }

    @Test func `visits and sessions stay without the events of visits`() async throws {
        try await withPruned {
            $0.events = Self.year
        } _: { bench, summary throws in
            #expect(summary.removals.map(\.rows) == [3])
            #expect(try bench.connection.count("select count(*) from voip.queue_visit") == 2)
            #expect(try bench.connection.count("select count(*) from voip.agent_session") == 2)
        }
    }

    @Test func `a dry run counts and removes nothing`() async throws {
        try await withPruned(isDryRun: true) {
            $0.fill(RetentionAge("1y").unsafelyUnwrapped)
        } _: { bench, summary throws in
            #expect(summary.removals.first { $0.table == "call" }?.rows == 1)
            #expect(try bench.connection.count("select count(*) from voip.call") == 2)
            #expect(try bench.connection.count("select count(*) from voip.retention") == 0)
        }
    }

    @Test func `nobody prunes while a run loads`() async throws {
        try await Bench.with { bench in
            _ = try bench.run([bench.write(Self.recentCall.legs.csv, to: "Master.csv")])
            let other = try Connection(bench.address)
            let key = try #require(
                try other.query("select hashtextextended('crm-voip etl main', 0)", format: .binary)
                    .first { row throws(PostgresError) in try row.int64(0) }
            )
            let isHeld = try other.tryAdvisoryLock(key)
            #expect(isHeld)
            let pruned: Bool? = try PBXRegister.withEveryLock(bench.connection) { _ in true }
            #expect(pruned == nil)
        }
    }
}

/// Ages as people write them.
struct RetentionAgeTests {
    @Test(arguments: ["1d", "90d", "6w", "18m", "3y", "9999d"]) func `an age is a number and a letter`(text: String) {
        #expect(RetentionAge(text)?.description == text)
    }

    @Test(arguments: ["", "d", "3", "0d", "-3y", "3Y", "10000d", "1.5y", "٣d", "3 y", "3yy", "+3d"])
    func `anything else is not an age`(text: String) {
        #expect(RetentionAge(text) == nil)
    }
}
