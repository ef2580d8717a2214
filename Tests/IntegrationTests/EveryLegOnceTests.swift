import CallRecords
import Pipeline
import Postgres
import Testing
import TestSupport

/// A user would pay twice for a leg that is counted twice, and would miss one that is lost.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct EveryLegOnceTests {
    @Test func `the sample is loaded completely once, and not a second time`() async throws {
        try await Bench.with { bench in
            let csv = try bench.write(Files.sample("Master.csv"), to: "Master.csv")
            let log = try bench.write(Files.sample("queue_log"), to: "queue_log")
            let first = try bench.run([csv], queueLog: [log])
            // 1,931 lines, each with a (uniqueid, sequence) of its own; 608 calls after joining uniqueids and
            // linkedids.
            #expect(first.cdr?.read == 1931)
            #expect(first.cdr?.inserted == 1931)
            #expect(first.queueLog?.inserted == 1234)
            #expect(first.calls == 608)
            #expect(try bench.connection.count("select count(*) from voip.call") == 608)
            #expect(
                try bench.connection.count("select count(*) from voip.queue_visit where source = 'queue_log'") == 369
            )
            #expect(try bench.connection.faults() == [])

            let before = try Contents.everything(bench.connection)
            let second = try bench.run([csv], queueLog: [log])
            #expect(second.cdr?.inserted == 0 && second.cdr?.updated == 0 && second.cdr?.unchanged == 1931)
            #expect(
                second.queueLog?.inserted == 0 && second.queueLog?.updated == 0 && second.queueLog?.unchanged == 1234
            )
            #expect(second.calls == 0)
            let after = try Contents.everything(bench.connection)
            #expect(after == before, "\(after.differences(from: before))")
        }
    }

    @Test(arguments: [1, 7, 250])
    func `the same file three times in one run counts once, with any batches`(batchRows: Int) async throws {
        try await Bench.with { bench in
            let lines = try Files.legs.get().prefix(300)
            // Every line three times: within a batch. The file again: in another batch.
            let doubled = try bench.write(lines.flatMap { $0 + $0 + $0 }, to: "doubled.csv")
            let copy = try bench.write(lines.joined(), to: "copy.csv")
            let result = try bench.run([doubled, copy]) { $0.setBatchRows(batchRows) }
            #expect(result.cdr?.read == 1200)
            #expect(result.cdr?.inserted == 300)
            #expect(result.cdr?.duplicates == 900)
            #expect(result.cdr?.updated == 0)
            #expect(try bench.connection.faults() == [])
        }
    }

    @Test(arguments: [1, 7, 250])
    func `among existing legs, a changed and a new one are found`(batchRows: Int) async throws {
        try await Bench.with { bench in
            let lines = (0..<300 as Range<Int64>).map { Line("\(noon + $0).\($0)", sequence: Int($0)) }
            try bench.run([try bench.write(lines.csv, to: "Master.csv")])
            var later = lines
            later[150].userfield = "later"
            later.insert(Line("\(noon + 200).900", sequence: 900), at: 201)
            let csv = try bench.write(later.csv + Array(later[290...]).csv, to: "Master.csv")
            let result = try bench.run([csv]) { $0.setBatchRows(batchRows) }
            #expect(result.cdr?.read == 312)
            #expect(result.cdr?.updated == 1)
            #expect(result.cdr?.inserted == 1)
            // The end of the file is there twice: within a batch it is recognised, in the next one it equals what is
            // stored.
            #expect((result.cdr?.unchanged ?? 0) + (result.cdr?.duplicates ?? 0) == 310)
            #expect(try bench.connection.count("select count(*) from voip.cdr where userfield = 'later'") == 1)
            #expect(try bench.connection.faults() == [])
        }
    }

    @Test func `a queue_log twice in one run counts once`() async throws {
        try await Bench.with { bench in
            let log = try bench.write(Files.sample("queue_log"), to: "queue_log")
            let result = try bench.run(queueLog: [log, log]) { $0.setBatchRows(100) }
            #expect(result.queueLog?.read == 2468)
            #expect(result.queueLog?.inserted == 1234)
            #expect(result.queueLog?.duplicates == 1234)
        }
    }
}
