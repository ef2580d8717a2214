import CallRecords
import Load
import Pipeline
import Postgres
import Testing
import TestSupport
import Transform
import Warehouse

/// Queue events from AMI, and the same from the queue_log: whichever are loaded first, the log's remain.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct AMIEventsTests {
    private static let log = Result { try Files.events.get().map { String(decoding: $0, as: UTF8.self) } }

    /// The sample as AMI reports it: parts are missed, times are read a moment later, no PAUSEALL.
    private func ami(_ random: inout SeededGenerator, isGuessing: Bool = false) throws -> [String] {
        try Self.log.get().compactMap { line in
            var fields = line.dropLast().split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            if fields[4].hasSuffix("PAUSEALL") || Int.random(in: 0..<20, using: &random) == 0 { return nil }
            fields[0] = "\((Int(fields[0]) ?? 0) + Int.random(in: 0...1, using: &random))"
            if isGuessing {
                // An inferred event need not be what happened.
                if fields[4] == "EXITWITHKEY" { fields[4...] = ["EXITWITHTIMEOUT", "1", "1", fields[8]] }
                if fields[4] == "ABANDON", Bool.random(using: &random) { fields[4...] = ["EVENTSMISSED"] }
                if fields[4] == "CONNECT", Bool.random(using: &random) { fields[5] = "0" }
            }
            return fields.joined(separator: "|") + "\n"
        }
    }

    /// Loads all lines of both in random pieces, in random order.
    private func load(
        _ ami: [String],
        _ log: [String],
        _ bench: borrowing Bench,
        _ random: inout SeededGenerator
    ) throws {
        var pieces: [(lines: ArraySlice<String>, isAMI: Bool)] = []
        for (lines, isAMI) in [(ami, true), (log, false)] {
            var rest = lines[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...max(1, lines.count / 2), using: &random)
                pieces.append((rest.prefix(count), isAMI))
                rest = rest.dropFirst(count)
            }
        }
        for (index, piece) in pieces.shuffled(using: &random).enumerated() {
            let path = try bench.write(piece.lines.joined(), to: "piece.\(index)")
            try bench.run(queueLog: [path]) {
                $0.queueEvents = piece.isAMI ? .ami : .queueLog
                $0.setBatchRows(Int.random(in: 50...2000, using: &random))
            }
        }
    }

    private func meaning(of log: [String]) async throws -> Contents {
        try await Bench.with { bench in
            try bench.run(queueLog: [bench.write(log.joined(), to: "queue_log")])
            return try Contents.meaning(bench.connection)
        }
    }

    @Test(arguments: 0..<12 as Range<UInt64>)
    func `both, in any order and pieces, give the same as the log alone`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let log = try Self.log.get()
        let alone = try await meaning(of: log)
        let ami = try ami(&random)
        try await Bench.with { bench in
            try load(ami, log, bench, &random)
            let both = try Contents.meaning(bench.connection)
            #expect(both == alone, "seed \(seed): \(both.differences(from: alone))")
            #expect(try bench.connection.faults() == [])
            // Loading both again changes nothing.
            try bench.run(queueLog: [bench.write(ami.joined(), to: "again")]) { $0.queueEvents = .ami }
            let again = try bench.run(queueLog: [bench.write(log.joined(), to: "queue_log")])
            #expect(again.queueLog?.inserted == 0)
            let after = try Contents.meaning(bench.connection)
            #expect(after == alone, "seed \(seed): \(after.differences(from: alone))")
        }
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func `wrongly derived events are superseded, too`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let log = try Self.log.get()
        var alone = try await meaning(of: log)
        let ami = try ami(&random, isGuessing: true)
        try await Bench.with { bench in
            try load(ami, log, bench, &random)
            var both = try Contents.meaning(bench.connection)
            // Between two pieces of a log, a line may remain that neither contains; it changes nothing.
            alone.tables["queue_event"] = nil
            both.tables["queue_event"] = nil
            #expect(both == alone, "seed \(seed): \(both.differences(from: alone))")
            // With a single piece, nothing remains.
            try bench.run(queueLog: [bench.write(log.joined(), to: "queue_log")])
            #expect(try bench.connection.count("select count(*) from voip.queue_event where source = 'ami'") == 0)
            #expect(try bench.connection.faults() == [])
        }
    }

    @Test(arguments: [0, 200, 617, 1000]) func `AMI continues where the log ends`(count: Int) async throws {
        let log = try Self.log.get()
        let exact = log.filter { !$0.contains("PAUSEALL") }
        let whole = try await meaning(of: exact)
        try await Bench.with { bench in
            try bench.run(queueLog: [bench.write(exact.joined(), to: "ami")]) { $0.queueEvents = .ami }
            if count > 0 { try bench.run(queueLog: [bench.write(exact.prefix(count).joined(), to: "queue_log")]) }
            let both = try Contents.meaning(bench.connection)
            for table in ["queue_visit", "agent_session"] {
                let isSame = both.tables[table] == whole.tables[table]
                #expect(isSame, "\(both.differences(from: whole))")
            }
            let marked = try bench.connection.texts("select distinct source from voip.queue_event order by 1")
            #expect(marked == (count > 0 ? ["ami", "queue_log"] : ["ami"]))
            #expect(try bench.connection.faults() == [])
        }
    }

    @Test func `a restart reported by AMI but not by the log is removed`() async throws {
        let log = [
            "1795389000|1.1|q|NONE|ENTERQUEUE||5|1", "1795389001|MANAGER|q|Bob|ADDMEMBER",
            "1795389400|1.9|q|NONE|ENTERQUEUE||6|2",
        ].map { $0 + "\n" }
        let alone = try await meaning(of: log)
        try await Bench.with { bench in
            let ami = [log[0], log[1], "1795389100|NONE|NONE|NONE|QUEUESTART\n"]
            try bench.run(queueLog: [bench.write(ami.joined(), to: "ami")]) { $0.queueEvents = .ami }
            let outcomes = "select outcome from voip.queue_visit order by callid"
            #expect(try bench.connection.texts(outcomes) == ["unserved"])
            #expect(try bench.connection.texts("select ended_by from voip.agent_session") == ["QUEUESTART"])
            try bench.run(queueLog: [bench.write(log.joined(), to: "queue_log")])
            let both = try Contents.meaning(bench.connection)
            #expect(both == alone, "\(both.differences(from: alone))")
        }
    }

    @Test(arguments: [true, false]) func `a start derived from AMI is the one in the log`(
        isAMIFirst: Bool
    ) async throws {
        let log = ["1795389030|NONE|NONE|NONE|QUEUESTART|\n", "1795389040|1.1|q|NONE|ENTERQUEUE||5|1\n"]
        let alone = try await meaning(of: log)
        try await Bench.with { bench in
            let ami = try bench.write("1795389003|NONE|NONE|NONE|QUEUESTART\n" + log[1], to: "ami")
            let file = try bench.write(log.joined(), to: "queue_log")
            for isAMI in [isAMIFirst, !isAMIFirst] {
                try bench.run(queueLog: [isAMI ? ami : file]) { $0.queueEvents = isAMI ? .ami : .queueLog }
            }
            let both = try Contents.meaning(bench.connection)
            #expect(both == alone, "\(both.differences(from: alone))")
        }
    }

    @Test func `a caller with missed events is unserved, unless the PBX reports more`() async throws {
        let lines = [
            "1795389000|1.1|q|NONE|ENTERQUEUE||5|1", "1795389000|1.2|q|NONE|ENTERQUEUE||6|2",
            "1795389000|1.3|q|NONE|ENTERQUEUE||7|3",
            "1795389020|1.1|q|NONE|EVENTSMISSED", "1795389020|1.2|q|NONE|EVENTSMISSED",
            "1795389090|1.2|q|Bob|COMPLETEAGENT|30|60|2",
        ].map { $0 + "\n" }
        try await Bench.with { bench in
            try bench.run(queueLog: [bench.write(lines.joined(), to: "ami")]) { $0.queueEvents = .ami }
            let visits = try bench.connection.texts(
                "select concat_ws(' ', callid, outcome, wait_s, talk_s) from voip.queue_visit order by callid"
            )
            #expect(visits == ["1.1 unserved", "1.2 answered 30 60", "1.3 in_progress"])
            #expect(try bench.connection.faults() == [])
        }
    }

    @Test func `one row of the ledger for many runs`() async throws {
        let log = try Self.log.get()
        try await Bench.with { bench in
            var done: RunResult?
            for (index, lines) in [log.prefix(100), log.dropFirst(100).prefix(100), log.prefix(10)].enumerated() {
                let plan = try Plan.files(queueLog: [bench.write(lines.joined(), to: "piece.\(index)")]) {
                    $0.queueEvents = .ami
                }
                done = try Run(plan, now: Bench.now, continuing: done)(bench.connection)
            }
            #expect(done?.queueLog?.read == 210 && done?.queueLog?.unchanged == 10 && done?.queueLog?.inserted == 200)
            let rows = try bench.connection.texts(
                "select concat_ws(' ', source, exit_status, queue_log ->> 'read', queue_log ->> 'inserted') from voip.etl_run"
            )
            #expect(rows == ["ami 0 210 200"])
            #expect(try bench.connection.faults() == [])
            // A failed run reports the failure, and rolls back nothing of the others.
            let plan = try Plan.files(queueLog: [bench.folder + "/nowhere"]) { $0.queueEvents = .ami }
            #expect(throws: (any Error).self) { try Run(plan, now: Bench.now, continuing: done)(bench.connection) }
            #expect(
                try bench.connection.texts(
                    "select concat_ws(' ', exit_status, queue_log ->> 'read', error is not null) from voip.etl_run"
                ) == ["1 210 t"]
            )
        }
    }

    @Test func `a call keeps its contact when AMI adds more events`() async throws {
        try await Bench.with { bench in
            let csv = try bench.write(try Files.legs.get().joined(), to: "Master.csv")
            let events = try bench.write(try Self.log.get().joined(), to: "queue_log")
            try bench.run([csv])
            let number = try #require(
                bench.connection.texts(
                    "select customer_e164 from voip.call where queues > 0 and customer_e164 is not null order by 1 limit 1"
                ).first
            )
            try bench.connection.execute(
                """
                insert into voip.contact (source, kind, external_id, name) values ('csv', 'contact', '1', 'Ann');
                insert into voip.contact_number (number_e164, contact_id) select '\(number)', contact_id from voip.contact
                """
            )
            let links = try ContactRefresh.links(of: bench.connection)
            try bench.run([csv], queueLog: [events]) { $0.contacts = links }
            let linked = "select count(*) from voip.call where contact_id is not null"
            let before = try bench.connection.count(linked)
            #expect(before > 0)
            try bench.connection.execute("delete from voip.queue_event; delete from voip.queue_log_span")
            try bench.run(queueLog: [events]) { $0.queueEvents = .ami }
            #expect(try bench.connection.count(linked) == before)
        }
    }
}
