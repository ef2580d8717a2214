import Base
import CallRecords
import Load
import Pipeline
import Postgres
import Reporting
import Testing
import TestSupport
import Warehouse

/// A warehouse that is kept by month holds the same rows as another one, gives the same reports, and is pruned by dropping months.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct PartitionTests {
    /// A call at noon, UTC, on the tenth of each month from January to June of 2026, and one of three days that began ten minutes
    /// before April.
    private static let tenths: [Int64] = [
        1_768_046_400, 1_770_724_800, 1_773_144_000, 1_775_822_400, 1_778_414_400, 1_781_092_800,
    ]
    private static let overMonths: Int64 = 1_775_001_000
    private static let months = PartitionMonth("2026-01").map { $0...$0.adding(6) }

    /// A call with two legs, a visit to a queue and its events.
    private static func call(
        at start: Int64,
        lasting seconds: Int64 = 20,
        on system: String = ""
    ) -> (legs: [Line], events: String) {
        let name = "\(system)\(start).1"
        let legs = [
            Line(name, sequence: 1).with { ($0.lastapp, $0.duration, $0.billsec) = ("Queue", seconds, seconds - 5) },
            Line("\(system)\(start).2", linkedid: name, sequence: 2).with {
                ($0.duration, $0.billsec) = (seconds, seconds - 5)
            },
        ]
        let events = """
            \(start)|\(name)|support|NONE|ENTERQUEUE||79160000001|1
            \(start + 5)|\(name)|support|Anna|CONNECT|5|\(system)\(start).2|3
            \(start + seconds)|\(name)|support|Anna|COMPLETECALLER|5|\(seconds - 5)|1

            """
        return (legs, events)
    }

    /// A leg without a second in its uniqueid, and an agent's day.
    private static let odd = Line("door-\(tenths[1])x", start: tenths[1])
    private static let session = """
        \(tenths[0] - 3600)|NONE|support|Anna|ADDMEMBER|
        \(tenths[0] + 3600)|NONE|support|Anna|REMOVEMEMBER|

        """

    private static var calls: [(legs: [Line], events: String)] {
        tenths.map { call(at: $0) } + [call(at: overMonths, lasting: 3 * 86_400)]
    }

    private static func load(_ bench: borrowing Bench, _ calls: some Sequence<(legs: [Line], events: String)>) throws {
        let csv = try bench.write((calls.flatMap(\.legs) + [odd]).csv, to: "Master.csv")
        let log = try bench.write(session + calls.map(\.events).joined(), to: "queue_log")
        _ = try bench.run([csv], queueLog: [log])
    }

    private static func partition(_ bench: borrowing Bench) throws -> [String] {
        try Partitioning(covering: #require(months)).run(bench.connection)
    }

    private static func rows(_ table: String, _ connection: borrowing Connection) throws -> [String] {
        try connection.texts("select tableoid::regclass || ' ' || count(*) from \(table) group by tableoid order by 1")
    }

    @Test(arguments: [true, false])
    func `a warehouse by month holds the same rows as one without, and passes every check`(isFilled: Bool) async throws
    {
        let whole = try await Bench.with { bench in
            try Self.load(bench, Self.calls)
            return (try Contents.everything(bench.connection), try Self.report(bench.connection))
        }
        try await Bench.with { bench in
            if !isFilled { _ = try Self.partition(bench) }
            try Self.load(bench, Self.calls)
            if isFilled { _ = try Self.partition(bench) }
            let contents = try Contents.everything(bench.connection)
            #expect(contents == whole.0, "\(contents.differences(from: whole.0))")
            #expect(try Self.report(bench.connection) == whole.1)
            #expect(try bench.connection.faults() == [])
            #expect(
                try Self.rows("voip.cdr", bench.connection)
                    == [
                        "voip.cdr_2026_01 2", "voip.cdr_2026_02 2", "voip.cdr_2026_03 4", "voip.cdr_2026_04 2",
                        "voip.cdr_2026_05 2", "voip.cdr_2026_06 2", "voip.cdr_other 1",
                    ]
            )
            // The call over the end of March ended in April.
            #expect(
                try Self.rows("voip.queue_event", bench.connection)
                    == [
                        "voip.queue_event_2026_01 5", "voip.queue_event_2026_02 3", "voip.queue_event_2026_03 5",
                        "voip.queue_event_2026_04 4", "voip.queue_event_2026_05 3", "voip.queue_event_2026_06 3",
                    ]
            )
            // Nothing is left to do, and a second load finds every record.
            #expect(try Self.partition(bench) == [])
            let csv = try bench.write((Self.calls.flatMap(\.legs) + [Self.odd]).csv, to: "again.csv")
            let again = try bench.run([csv])
            #expect(again.cdr?.changes == 0)
        }
    }

    @Test func `keys, indexes, comments and rights are as before`() async throws {
        try await Bench.with { bench in
            let describe = """
                select i.relname || ' ' || replace(pg_get_indexdef(x.indexrelid), ' ON ONLY ', ' ON ') || coalesce(k.contype::text, '-')
                from pg_index as x
                join pg_class as i on i.oid = x.indexrelid
                join pg_class as t on t.oid = x.indrelid
                left join pg_constraint as k on k.conindid = i.oid
                where t.relnamespace = 'voip'::regnamespace and not t.relispartition order by 1
                """
            let rest = """
                select c.relname || ' ' || coalesce(obj_description(c.oid), '') || coalesce(
                    (select string_agg(a::text, ',' order by a::text) from unnest(c.relacl) as a), '')
                from pg_class as c
                where c.relnamespace = 'voip'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition order by 1
                """
            let columns = """
                select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || coalesce(column_default, '')
                from information_schema.columns
                where table_schema = 'voip' and table_name in ('cdr', 'queue_visit', 'queue_event') order by 1
                """
            try bench.connection.execute(
                "do $$ begin create role voip_guest; exception when duplicate_object then null; end $$"
            )
            try bench.connection.execute("grant select on voip.legs, voip.cdr to voip_guest")
            let before =
                try bench.connection.texts(describe) + bench.connection.texts(rest) + bench.connection.texts(columns)
            _ = try Self.partition(bench)
            let after =
                try bench.connection.texts(describe) + bench.connection.texts(rest) + bench.connection.texts(columns)
            #expect(after == before)
            #expect(try Migrator().migrate(bench.connection).isEmpty)
        }
    }

    @Test func `a month that was missing takes its rows out of the partition for the rest`() async throws {
        try await Bench.with { bench in
            let first = try #require(PartitionMonth("2026-01"))
            _ = try Partitioning(covering: first...first).run(bench.connection)
            try Self.load(bench, Self.calls)
            #expect(try bench.connection.count("select count(*) from voip.cdr_other") == 13)
            let before = try Contents.everything(bench.connection)
            // A run prepares the months of its window.
            try Partitioning.prepare(first...first.adding(3), bench.connection)
            #expect(try Self.rows("voip.cdr_other", bench.connection) == ["voip.cdr_other 5"])
            _ = try Self.partition(bench)
            #expect(try Self.rows("voip.cdr_other", bench.connection) == ["voip.cdr_other 1"])
            #expect(try Contents.everything(bench.connection) == before)
        }
    }

    @Test(arguments: [
        (0, 1), (1, 2), (2, 3),
        // On the second of April the call of three days was not over, so March stays.
        (-1, 3),
        (3, 4), (5, 6),
    ])
    func `pruning drops the months whose rows all go, and leaves what it leaves without months`(
        call: Int,
        firstLeft: Int
    ) async throws {
        // Up to a day before the call; the server's clock decides how old a record is.
        let end = call < 0 ? Self.overMonths + 2 * 86_400 : Self.tenths[call]
        func pruned(_ bench: inout Bench) throws -> (contents: Contents, removals: [String]) {
            try Self.load(bench, Self.calls)
            let days = try bench.connection.count(
                "select floor((extract(epoch from now()) - \(end - 86_400)) / 86400)::bigint"
            )
            var policy = RetentionPolicy()
            policy.calls = RetentionAge("\(days)d")
            let summary = try Pruning(policy).run(bench.connection)
            #expect(try bench.connection.faults() == [])
            return (try Contents.everything(bench.connection), summary.removals.map { "\($0.table) \($0.rows)" })
        }
        let plain = try await Bench.with { bench in try pruned(&bench) }
        let byMonth = try await Bench.with { bench in
            _ = try Self.partition(bench)
            let result = try pruned(&bench)
            for table in ["cdr", "queue_visit", "queue_event"] {
                let left = try bench.connection.texts(
                    """
                    select relname from pg_class
                    where relispartition and relkind = 'r' and relname like '\(table)\\_2026%' order by 1
                    """
                )
                #expect(left == (firstLeft...7).map { "\(table)_2026_0\($0)" })
            }
            return result
        }
        #expect(byMonth.contents == plain.contents, "\(byMonth.contents.differences(from: plain.contents))")
        #expect(byMonth.removals == plain.removals)
    }

    /// The calls of a system that begins its uniqueids with its name, in January and February, and later ones without a name.
    private static var callsOfTwo: [(legs: [Line], events: String)] {
        tenths.enumerated().map { call(at: $1, on: $0 < 2 ? "pbx-7-" : "") }
    }

    @Test func `months of a system that begins its uniqueids with its name have partitions of their own`() async throws
    {
        let whole = try await Bench.with { bench in
            try Self.load(bench, Self.callsOfTwo)
            return try Contents.everything(bench.connection)
        }
        try await Bench.with { bench in
            // Nobody knows the name before the first load.
            let first = try #require(PartitionMonth("2026-01"))
            _ = try Partitioning(covering: first...first.adding(5)).run(bench.connection)
            try Self.load(bench, Self.callsOfTwo)
            #expect(try Self.rows("voip.cdr_other", bench.connection) == ["voip.cdr_other 5"])
            _ = try Partitioning(covering: first.adding(5)...first.adding(5)).run(bench.connection)
            let rows = try Self.rows("voip.cdr", bench.connection) + Self.rows("voip.queue_visit", bench.connection)
            #expect(
                rows == [
                    #"voip."cdr_2026_01_pbx-7" 2"#, #"voip."cdr_2026_02_pbx-7" 2"#, "voip.cdr_2026_03 2",
                    "voip.cdr_2026_04 2", "voip.cdr_2026_05 2", "voip.cdr_2026_06 2", "voip.cdr_other 1",
                    #"voip."queue_visit_2026_01_pbx-7" 1"#, #"voip."queue_visit_2026_02_pbx-7" 1"#,
                    "voip.queue_visit_2026_03 1", "voip.queue_visit_2026_04 1", "voip.queue_visit_2026_05 1",
                    "voip.queue_visit_2026_06 1",
                ]
            )
            let contents = try Contents.everything(bench.connection)
            #expect(contents == whole, "\(contents.differences(from: whole))")
            let csv = try bench.write((Self.callsOfTwo.flatMap(\.legs) + [Self.odd]).csv, to: "again.csv")
            #expect(try bench.run([csv]).cdr?.changes == 0)
            // A run makes the months of its window for both.
            try Partitioning.prepare(first.adding(6)...first.adding(6), bench.connection)
            let made = try bench.connection.texts(
                "select relname from pg_class where relispartition and relkind = 'r' and relname like 'cdr\\_2026\\_07%' order by 1"
            )
            #expect(made == ["cdr_2026_07", "cdr_2026_07_pbx-7"])
        }
    }

    @Test func `pruning drops the months of a system with a name too`() async throws {
        func pruned(_ bench: inout Bench) throws -> Contents {
            let days = try bench.connection.count(
                "select floor((extract(epoch from now()) - \(Self.tenths[0])) / 86400)::bigint"
            )
            var policy = RetentionPolicy()
            policy.calls = RetentionAge("\(days - 25)d")
            _ = try Pruning(policy).run(bench.connection)
            return try Contents.everything(bench.connection)
        }
        let plain = try await Bench.with { bench in
            try Self.load(bench, Self.callsOfTwo)
            return try pruned(&bench)
        }
        try await Bench.with { bench in
            try Self.load(bench, Self.callsOfTwo)
            _ = try Self.partition(bench)
            let contents = try pruned(&bench)
            #expect(contents == plain, "\(contents.differences(from: plain))")
            let left = try bench.connection.texts(
                """
                select relname from pg_class
                where relispartition and relkind = 'r' and relname ~ '^(cdr|queue_visit)_2026_0[12]' order by 1
                """
            )
            #expect(
                left == [
                    "cdr_2026_02", "cdr_2026_02_pbx-7", "queue_visit_2026_02", "queue_visit_2026_02_pbx-7",
                ]
            )
        }
    }

    private static func report(_ connection: borrowing Connection) throws -> String {
        var request = ReportRequest(window: .lastWeek, interval: .total, timeZone: "UTC")
        request.now = "2026-06-16 02:00:00+00"
        let results = try ReportRunner(request).run([try ReportCatalogue().definition("queues")], on: connection)
        return String(decoding: CSVRenderer().render(results[0]), as: UTF8.self)
    }
}
