import CallRecords
import Extract
import Load
import Postgres
import Testing
import TestSupport

@testable import Pipeline

/// A load into empty tables locks them; the result is the same as for any other load.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct FirstLoadTests {
    private static let indexes = """
        select indexdef from pg_indexes where schemaname = 'voip'
        union all
        select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
        from pg_constraint where connamespace = 'voip'::regnamespace
        order by 1
        """

    /// Batches of any size, legs in any order: the indexes are rebuilt at the end, or as soon as they are needed.
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `the warehouse and its indexes are the same as after any other load`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        var legs = Array(try Files.legs.get().prefix(600))
        if !seed.isMultiple(of: 3) { legs.shuffle(using: &random) }
        let rows = Int.random(in: 5...200, using: &random)
        let isWithLog = seed.isMultiple(of: 2)
        let events = isWithLog ? try Files.events.get() : []

        func load(_ change: (inout Plan) -> Void) async throws -> Contents {
            try await Bench.with { bench in
                let before = try bench.connection.texts(Self.indexes)
                let csv = try bench.write(legs.joined(), to: "Master.csv")
                let log = isWithLog ? [try bench.write(events.joined(), to: "queue_log")] : []
                let result = try bench.run([csv], queueLog: log, change)
                #expect(result.cdr?.inserted == 600, "seed \(seed)")
                #expect(try bench.connection.texts(Self.indexes) == before, "seed \(seed)")
                #expect(try bench.connection.faults() == [], "seed \(seed)")
                #expect(try bench.run([csv], queueLog: log, change).hasChanges == false, "seed \(seed)")
                return try Contents.meaning(bench.connection)
            }
        }
        let usual = try await load { $0.firstLoadFrom = .max }
        let first = try await load {
            $0.firstLoadFrom = 1
            $0.setBatchRows(rows)
        }
        #expect(first == usual, "seed \(seed): \(first.differences(from: usual))")
    }

    /// A leg is stored once, in its last version, although no key refuses a second one; even if its start was corrected by
    /// hours and the version before it is long forgotten.
    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `versions of a leg with other starts are one leg`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        var lines: [Line] = []
        for number in 0..<300 {
            // Even seeds have channels that somebody else named, whose ids do not say when they were created.
            let isNamed = seed.isMultiple(of: 2) && Int.random(in: 0..<60, using: &random) == 0
            let start = noon + Int64(number) * 20
            lines.append(Line(isNamed ? "crm-\(number)" : "\(start).\(number)", sequence: number, start: start))
            guard Int.random(in: 0..<8, using: &random) == 0 else { continue }
            let age = Int.random(in: 1...(Bool.random(using: &random) ? 3 : 250), using: &random)
            let older = lines[max(0, lines.count - age)]
            lines.append(older.with { $0.start += Int64.random(in: -9000...9000, using: &random) })
        }
        let starts = Dictionary(lines.map { ($0.uniqueid, $0.start) }, uniquingKeysWith: { _, last in last })
        let (rows, memory) = (Int.random(in: 5...80, using: &random), Int.random(in: 10...150, using: &random))
        func load(_ change: (inout Plan) -> Void) async throws -> Contents {
            try await Bench.with { bench in
                let before = try bench.connection.texts(Self.indexes)
                let result = try bench.run([try bench.write(lines.csv, to: "Master.csv")], change)
                #expect(result.cdr?.inserted == 300, "seed \(seed)")
                let stored = try bench.connection.texts(
                    "select uniqueid || ' ' || extract(epoch from start_at)::bigint from voip.cdr order by 1"
                )
                #expect(stored == starts.map { "\($0) \($1)" }.sorted(), "seed \(seed)")
                #expect(try bench.connection.texts(Self.indexes) == before, "seed \(seed)")
                #expect(try bench.connection.faults() == [], "seed \(seed)")
                return try Contents.meaning(bench.connection)
            }
        }
        let usual = try await load { $0.firstLoadFrom = .max }
        let first = try await load {
            ($0.firstLoadFrom, $0.legsInMemory) = (1, memory)
            $0.setBatchRows(rows)
        }
        #expect(first == usual, "seed \(seed): \(first.differences(from: usual))")
    }

    /// The first version that the file changes: what follows it is looked up in the warehouse anyway.
    @Test(arguments: [2, 95])
    func `a version that begins after all other legs replaces one that was read long ago`(age: Int) async throws {
        var lines = (0..<100).map { Line("\(noon + Int64($0) * 20).\($0)", sequence: $0) }
        lines.append(lines[100 - age].with { $0.start = noon + 5000 })
        try await Bench.with { bench in
            let result = try bench.run([try bench.write(lines.csv, to: "Master.csv")]) {
                ($0.firstLoadFrom, $0.legsInMemory) = (1, 30)
                $0.setBatchRows(10)
            }
            #expect(result.cdr?.inserted == 100)
            #expect(result.cdr?.updated == 1)
            let moved = "select count(*) from voip.cdr where start_at = to_timestamp(\(noon + 5000))"
            #expect(try bench.connection.count(moved) == 1)
            #expect(try bench.connection.faults() == [])
        }
    }

    /// Otherwise the warehouse would have no key from then on, and nobody would notice.
    @Test func `a key that was built in a savepoint is built again if that is rolled back`() async throws {
        struct Refused: Error {}
        try await Bench.with { bench in
            let before = try bench.connection.texts(Self.indexes)
            try bench.connection.transaction { connection in
                let firstLoad = FirstLoad()
                try firstLoad.begin(connection)
                #expect(throws: Refused.self) {
                    try firstLoad.savepoint(connection) { connection in
                        try firstLoad.buildKey(of: .legs, connection)
                        #expect(!firstLoad.lacksKey(.legs))
                        throw Refused()
                    }
                }
                #expect(firstLoad.lacksKey(.legs))
                try firstLoad.finish(connection)
                #expect(!firstLoad.lacksKey(.legs))
            }
            #expect(try bench.connection.texts(Self.indexes) == before)
        }
    }

    /// A report that is being read prevents the tables from being locked, and nobody waits for anybody.
    @Test func `a warehouse in use is loaded in the usual way`() async throws {
        try await Bench.with { bench in
            let csv = try bench.write(try Files.legs.get().prefix(100).joined(), to: "Master.csv")
            let reader = try Connection(bench.address)
            try bench.connection.execute("set lock_timeout = '20s'")
            try reader.transaction { reader in
                _ = try reader.count("select count(*) from voip.cdr")
                #expect(try bench.run([csv]) { $0.firstLoadFrom = 1 }.cdr?.inserted == 100)
            }
            #expect(try bench.connection.faults() == [])
        }
    }

    /// Other people's tables and views may need the key of calls, which a first load would otherwise build at the end.
    @Test(arguments: [
        "create table their_notes (call_id bigint, pbx_id smallint, foreign key (call_id, pbx_id) references voip.call)",
        "create view their_calls as select call_id, pbx_id, started_at from voip.call group by call_id, pbx_id",
    ])
    func `what depends on a call's key does not disturb a first load`(statement: String) async throws {
        try await Bench.with { bench in
            try bench.connection.execute(statement)
            let before = try bench.connection.texts(Self.indexes)
            let csv = try bench.write(try Files.legs.get().prefix(100).joined(), to: "Master.csv")
            #expect(try bench.run([csv]) { $0.firstLoadFrom = 1 }.cdr?.inserted == 100)
            #expect(try bench.connection.texts(Self.indexes) == before)
            #expect(try bench.connection.faults() == [])
        }
    }

    @Test func `a run says where its time went`() async throws {
        try await Bench.with { bench in
            let csv = try bench.write(try Files.legs.get().joined(), to: "Master.csv")
            let result = try bench.run([csv]) { $0.firstLoadFrom = 1 }
            let times = result.times
            let whole = Duration.seconds(result.seconds) + .milliseconds(1)
            let lanes = [times.reading, times.transforming, times.makingCalls, times.sending, times.server]
            for span in lanes + [times.indexing] { #expect(span > .zero && span < whole, "\(times)") }
            #expect(times.sending + times.server + times.waiting < whole, "\(times)")
        }
    }

    /// Every search reads the pages for which the index `call_search` has no summary.
    @Test func `calls of a later load are in the search index`() async throws {
        try await Bench.with { bench in
            func load(_ calls: Range<Int64>) throws {
                let lines = calls.map { Line("\(noon + $0).\($0)", sequence: Int($0)) }
                let csv = try bench.write(lines.csv, to: "Master.csv")
                #expect(try bench.run([csv]).cdr?.inserted == Int64(calls.count))
            }
            try load(0..<10)
            try load(10..<1500)
            let missing = "select coalesce(brin_summarize_new_values(to_regclass('voip.call_search')), 0)"
            #expect(try bench.connection.count(missing) == 0)
        }
    }

    @Test func `a first load that dies leaves the empty tables with their indexes`() async throws {
        try await Bench.with { bench in
            let csv = try bench.write(try Files.legs.get().prefix(100).joined(), to: "Master.csv")
            let before = try bench.connection.texts(Self.indexes)
            let victim = try Connection(bench.address)
            let process = victim.serverProcessID
            let plan = try Plan.files([csv]) {
                $0.firstLoadFrom = 1
                $0.setBatchRows(30)
            }
            var reports = 0
            let watcher = try Connection(bench.address)
            let run = Run(plan, now: Bench.now) { _, _, _ in
                reports += 1
                guard reports == 3 else { return }
                _ = try watcher.query("select pg_terminate_backend($1::int, 5000)", [.int64(Int64(process))])
            }
            #expect(throws: PostgresError.self) { _ = try run(victim) }
            #expect(try bench.connection.texts(Self.indexes) == before)
            #expect(try bench.connection.count("select count(*) from voip.cdr") == 0)
            #expect(try bench.run([csv]) { $0.firstLoadFrom = 1 }.cdr?.inserted == 100)
            #expect(try bench.connection.texts(Self.indexes) == before)
        }
    }

    /// Contract, section 3: the calls touched, and the matched, ambiguous and unmatched ones among them; even if legs
    /// arrive in an order in which calls are built, joined and rebuilt.
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `every call is counted once, in its final state`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let legs = try Files.legs.get().shuffled(using: &random)
        try await Bench.with { bench in
            let csv = try bench.write(legs.joined(), to: "Master.csv")
            let result = try bench.run([csv]) { $0.setBatchRows(Int.random(in: 3...60, using: &random)) }
            #expect(result.calls == (try bench.connection.count("select count(*) from voip.call")), "seed \(seed)")
            for (match, count) in [
                ("matched", result.matched), ("ambiguous", result.ambiguous), ("unmatched", result.unmatched),
            ] {
                let stored = try bench.connection.count("select count(*) from voip.call where match = '\(match)'")
                #expect(count == stored, "seed \(seed): \(match)")
            }
        }
    }
}
