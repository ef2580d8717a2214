import CallRecords
import Pipeline
import Postgres
import Testing
import TestSupport

/// A run that dies leaves nothing behind, and the next one completes the work.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct CrashTests {
    /// Kills the session at one progress report after another: while legs, events and calls are loaded.
    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `a run killed at any point leaves the warehouse unchanged`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let legs = try Files.legs.get().prefix(300)
        let events = try Files.events.get().prefix(300)
        let batchRows = [20, 60, 150][Int(seed) % 3]
        let undisturbed = try await Bench.with { bench in
            try bench.run(
                [bench.write(legs.joined(), to: "Master.csv")],
                queueLog: [bench.write(events.joined(), to: "queue_log")]
            )
            return try Contents.meaning(bench.connection)
        }
        try await Bench.with { bench in
            let half = try bench.write(legs.prefix(150).joined(), to: "half.csv")
            let plan = try Plan.files(
                [bench.write(legs.joined(), to: "Master.csv")],
                queueLog: [bench.write(events.joined(), to: "queue_log")]
            ) { $0.setBatchRows(batchRows) }
            try bench.run([half])
            let before = try Contents.everything(bench.connection)
            let watcher = try Connection(bench.address)
            var point = 0
            var deaths = 0
            while true {
                point += Int.random(in: 1...4, using: &random)
                let victim = try Connection(bench.address)
                let process = victim.serverProcessID
                var reports = 0
                var seen = before
                let run = Run(plan, now: Bench.now) { _, _, _ in
                    reports += 1
                    guard reports == point else { return }
                    // What another session sees in the meantime.
                    seen = (try? Contents.everything(watcher)) ?? seen
                    _ = try? watcher.query("select pg_terminate_backend($1::int, 5000)", [.int64(Int64(process))])
                }
                do {
                    _ = try run(victim)
                    break
                } catch let error as PostgresError {
                    #expect(error.code == .connectionLost || error.sqlState == "57P01", "\(error)")
                    deaths += 1
                    #expect(seen == before, "half a run was visible: \(seen.differences(from: before))")
                    let after = try Contents.everything(bench.connection)
                    #expect(after == before, "seed \(seed), point \(point): \(after.differences(from: before))")
                }
            }
            #expect(deaths > 1, "seed \(seed)")
            let afterAll = try Contents.meaning(bench.connection)
            #expect(afterAll == undisturbed, "seed \(seed): \(afterAll.differences(from: undisturbed))")
            // The ledger shows for every run whether it was completed: the next run closes those that were killed.
            #expect(try bench.connection.count("select count(*) from voip.etl_run where finished_at is null") == 0)
            #expect(
                try bench.connection.count(
                    "select count(*) from voip.etl_run where exit_status = 1 and error like 'It was interrupted%'"
                ) == deaths
            )
            #expect(try bench.connection.count("select count(*) from voip.etl_run where exit_status = 0") == 2)
        }
    }

    @Test func `a source that fails in the middle changes nothing`() async throws {
        try await Bench.with { bench in
            let good = try bench.write(try Files.legs.get().prefix(100).joined(), to: "Master.csv.1")
            var damaged = try Files.read(
                try bench.write(try Files.legs.get().dropFirst(100).joined(), to: "Master.csv.2.gz")
            )
            damaged.removeLast(damaged.count / 2)
            try Files.write(damaged, to: "\(bench.folder)/Master.csv.2.gz")
            #expect(throws: (any Error).self) {
                try bench.run(["\(bench.folder)/Master.csv.2.gz"]) { $0.setBatchRows(30) }
            }
            #expect(try bench.connection.count("select count(*) from voip.cdr") == 0)
            #expect(
                try bench.connection.texts(
                    "select exit_status || ' ' || (error like '%Master.csv.2.gz%') from voip.etl_run"
                )
                    == ["1 true"]
            )
            // The session can be used again; together with an intact file, the damaged one is only named.
            let both = try bench.run(["\(bench.folder)/Master.csv.2.gz", good]) { $0.setBatchRows(30) }
            #expect(both.troubles.count == 1 && both.troubles[0].contains("Master.csv.2.gz"))
            #expect(
                try bench.connection.texts(
                    "select exit_status || ' ' || warnings[1] from voip.etl_run order by run_id desc limit 1"
                )
                    == ["2 \(both.troubles[0])"]
            )
            #expect(try bench.connection.count("select count(*) from voip.cdr") >= 100)
        }
    }
}
