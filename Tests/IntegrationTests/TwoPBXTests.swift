import CallRecords
import Pipeline
import Postgres
import Testing
import TestSupport

/// Several PBXs share a warehouse and nothing else.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct TwoPBXTests {
    @Test func `the same uniqueids of two PBXs are different calls`() async throws {
        try await Bench.with { bench in
            let legs = try Files.legs.get().prefix(200)
            let events = try Files.events.get().prefix(200)
            let csv = try bench.write(legs.joined(), to: "Master.csv")
            let log = try bench.write(events.joined(), to: "queue_log")
            try bench.run([csv], queueLog: [log])
            let first = try Contents.meaning(bench.connection)
            let second = try bench.run([csv], queueLog: [log]) { $0.pbx = "branch" }
            #expect(second.cdr?.inserted == 200 && second.queueLog?.inserted == 200)
            #expect(try bench.connection.count("select count(*) from voip.cdr") == 400)
            for table in ["cdr", "call", "queue_event", "queue_visit", "agent_session"] {
                let counts = try bench.connection.texts(
                    "select count(*)::text from voip.\(table) group by pbx_id order by pbx_id"
                )
                #expect(counts.count == 2 && counts[0] == counts[1], "\(table): \(counts)")
            }
            #expect(try bench.connection.faults() == [])
            // Loading each of them again moves nothing between them.
            #expect(try bench.run([csv], queueLog: [log]).cdr?.unchanged == 200)
            #expect(try bench.run([csv], queueLog: [log]) { $0.pbx = "branch" }.cdr?.unchanged == 200)
            try bench.connection.execute(
                """
                delete from voip.cdr where pbx_id = 2; delete from voip.call where pbx_id = 2;
                delete from voip.queue_event where pbx_id = 2; delete from voip.queue_visit where pbx_id = 2;
                delete from voip.agent_session where pbx_id = 2; delete from voip.agent where pbx_id = 2
                """
            )
            let rest = try Contents.meaning(bench.connection)
            #expect(rest == first, "\(rest.differences(from: first))")
        }
    }

    @Test func `one run at a time per PBX, but several PBXs in parallel`() async throws {
        try await Bench.with { bench in
            let csv = try bench.write([Line("\(noon).1")].csv, to: "Master.csv")
            let other = try Connection(bench.address)
            var refusals = 0
            // The progress report comes in the middle of the run, when its transaction is open.
            let run = Run(try Plan.files([csv]), now: Bench.now) { _, _, _ in
                do {
                    _ = try Run(try Plan.files([csv]), now: Bench.now)(other)
                } catch let error as RunError where error.code == .locked {
                    refusals += error.description.contains("PBX main ") ? 1 : 0
                } catch {
                    Issue.record(error)
                }
                #expect(throws: Never.self) {
                    _ = try Run(try Plan.files([csv]) { $0.pbx = "branch" }, now: Bench.now)(other)
                }
            }
            _ = try run(bench.connection)
            #expect(refusals > 0)
            #expect(try bench.connection.count("select count(*) from voip.cdr") == 2)
            // The lock is released with the run, not with the session.
            #expect(try Run(try Plan.files([csv]), now: Bench.now)(other).cdr?.unchanged == 1)
        }
    }
}
