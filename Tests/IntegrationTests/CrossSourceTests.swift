import Base
import CallRecords
import Extract
import MariaDB
import Pipeline
import Postgres
import Testing
import TestSupport

/// The same evening gives the same result from a GMT Master.csv and from the local-time table of the same PBX.
@Suite(
    .enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"),
    .enabled(if: TestMariaDB.isInstalled, "\(TestMariaDB.reason)")
)
struct CrossSourceTests {
    /// Moscow is three hours ahead of UTC, all year.
    private static let ahead: Int64 = 3 * 3600

    private static func legs() throws -> [SampleLeg] { try Files.legs.get().prefix(400).map(SampleLeg.init) }

    private func moscow(_ plan: inout Plan) throws { plan.zone = try ZoneFiles.load("Europe/Moscow") }

    private func table(_ database: PBXDatabase, _ change: (inout Plan) -> Void = { _ in }) throws -> Plan {
        try Plan.files {
            try moscow(&$0)
            $0.cdr = .table("cdr", try database.configuration(), .latin1)
            change(&$0)
        }
    }

    @Test func `CSV, then the table, then both again`() async throws {
        let legs = try Self.legs()
        let database = try PBXDatabase()
        try database.insert(
            legs.map { $0.row(secondsAhead: Self.ahead, "did = '74950000400', recordingfile = 'r.wav'") }
        )
        try await Bench.with { bench in
            let csv = try bench.write(legs.map(\.csv18).joined(), to: "Master.csv")
            let poor = try bench.run([csv]) { try moscow(&$0) }
            #expect(poor.cdr?.inserted == 400)
            #expect(poor.warnings.count == 2 && poor.warnings.contains { $0.contains("UTC") })
            #expect(poor.warnings.contains { $0.contains("newcdrcolumns = yes") })
            #expect(try bench.connection.count("select count(*) from voip.cdr where sequence is not null") == 0)
            try expect(legs, in: bench.connection)

            let rich = try bench.run(try table(database))
            #expect(rich.cdr?.inserted == 0)
            #expect(rich.cdr?.updated == 400)
            #expect(try bench.connection.count("select count(*) from voip.cdr") == 400)
            #expect(try bench.connection.count("select count(*) from voip.cdr where sequence = leg_no") == 400)
            #expect(try bench.connection.count("select count(*) from voip.cdr where linkedid <> ''") == 400)
            #expect(try bench.connection.count("select count(*) from voip.cdr where did = '74950000400'") == 400)
            try expect(legs, in: bench.connection)
            #expect(try bench.connection.faults() == [])

            let before = try Contents.everything(bench.connection)
            for round in 1...2 {
                let again = try bench.run([csv]) { try moscow(&$0) }
                #expect(again.cdr?.unchanged == 400, "CSV again, round \(round): \(String(describing: again.cdr))")
                let table = try bench.run(try table(database))
                #expect(table.cdr?.unchanged == 400, "table again, round \(round): \(String(describing: table.cdr))")
            }
            let after = try Contents.everything(bench.connection)
            #expect(after.tables["call"] == before.tables["call"])
            #expect(after == before, "\(after.differences(from: before))")
        }
    }

    @Test func `the table first, then CSV: the same meaning`() async throws {
        let legs = try Self.legs()
        let database = try PBXDatabase()
        try database.insert(legs.map { $0.row(secondsAhead: Self.ahead) })
        let tableLast = try await Bench.with { bench in
            try bench.run([bench.write(legs.map(\.csv18).joined(), to: "Master.csv")]) { try moscow(&$0) }
            try bench.run(try table(database))
            return try Contents.meaning(bench.connection)
        }
        try await Bench.with { bench in
            #expect(try bench.run(try table(database)).cdr?.inserted == 400)
            try bench.run([bench.write(legs.map(\.csv18).joined(), to: "Master.csv")]) { try moscow(&$0) }
            let csvLast = try Contents.meaning(bench.connection)
            #expect(csvLast == tableLast, "\(csvLast.differences(from: tableLast))")
            try expect(legs, in: bench.connection)
        }
    }

    /// What the PBX recorded is in the warehouse: once, and at the right time.
    private func expect(_ legs: [SampleLeg], in connection: borrowing Postgres.Connection) throws {
        let stored = try connection.texts(
            """
            select concat_ws('|', uniqueid, extract(epoch from start_at)::bigint, duration_s, billsec_s, channel, dstchannel)
            from voip.cdr
            """
        )
        let wanted = legs.map { leg in
            ([leg.texts["uniqueid"] ?? "", "\(leg.start)", "\(leg.duration)", "\(leg.billsec)"]
                + ["channel", "dstchannel"].compactMap { leg.texts[$0] }.filter { !$0.isEmpty }).joined(separator: "|")
        }
        #expect(stored.sorted() == wanted.sorted())
    }

    @Test func `values that the table truncates stay complete, and values that it lacks are kept`() async throws {
        var leg = try #require(try Self.legs().first)
        let long = "PJSIP/" + String(repeating: "104&PJSIP/", count: 20) + "end"
        leg.texts["lastdata"] = long
        leg.texts["userfield"] = "survey: 5"
        var inTable = leg
        inTable.texts["userfield"] = ""
        let database = try PBXDatabase()
        try database.insert([inTable.row(secondsAhead: Self.ahead, "recordingfile = 'out.wav'")])
        try await Bench.with { bench in
            let csv = try bench.write(leg.csv18, to: "Master.csv")
            for order in [[true, false, true, false], [false, true, false, true]] {
                for isCSV in order {
                    if isCSV { try bench.run([csv]) { try moscow(&$0) } } else { try bench.run(try table(database)) }
                }
                let row = try bench.connection.texts(
                    "select concat_ws('|', lastdata, userfield, recordingfile, amaflags, sequence) from voip.cdr"
                )
                #expect(row == ["\(long)|survey: 5|out.wav|3|\(leg.sequence)"])
                try bench.connection.execute("truncate voip.cdr, voip.call, voip.call_alias")
            }
        }
    }

    @Test func `old rows have neither linkedid nor sequence, new ones have a sequence that may be 0`() async throws {
        let legs = try Self.legs().prefix(6)
        let database = try PBXDatabase()
        // Six legs of one channel, in either order; the column was added to the table between the third and the fourth.
        try database.insert(
            legs.enumerated().map { index, leg in
                var leg = leg
                leg.texts["uniqueid"] = "1795389429.1"
                leg.texts["linkedid"] = index < 3 ? "" : "1795389429.1"
                leg.start = 1_795_389_429 + Int64(index)
                leg.sequence = index < 3 ? 0 : index - 3
                return leg.row(secondsAhead: Self.ahead)
            }
        )
        try await Bench.with { bench in
            let result = try bench.run(try table(database))
            #expect(result.cdr?.inserted == 6)
            let rows = try bench.connection.texts(
                "select coalesce(sequence::text, '-') || (leg_no < 0) from voip.cdr order by start_at"
            )
            #expect(rows == ["-true", "-true", "-true", "0false", "1false", "2false"])
            #expect(try bench.connection.count("select count(*) from voip.call where legs = 6") == 1)
            #expect(try bench.run(try table(database)).cdr?.unchanged == 6)
        }
    }

    @Test func `a Master.csv without uniqueids and a table with them`() async throws {
        let legs = try Self.legs().prefix(50)
        let database = try PBXDatabase()
        try database.insert(legs.map { $0.row(secondsAhead: Self.ahead) })
        try await Bench.with { bench in
            // The default in Asterisk's code: 16 columns, local time.
            let csv = try bench.write(
                legs.map {
                    $0.csv(seconds: Self.ahead).split(separator: ",\"").dropLast(2).joined(separator: ",\"") + "\n"
                }
                .joined(),
                to: "Master.csv"
            )
            #expect(try bench.run([csv]) { try moscow(&$0) }.cdr?.inserted == 50)
            #expect(try bench.run([csv]) { try moscow(&$0) }.cdr?.unchanged == 50)
            let rich = try bench.run(try table(database))
            #expect(rich.cdr?.inserted == 0 && rich.cdr?.updated == 50, "\(String(describing: rich.cdr))")
            #expect(try bench.connection.count("select count(*) from voip.cdr where uniqueid = ''") == 0)
            #expect(try bench.connection.faults() == [])
            #expect(try bench.run([csv]) { try moscow(&$0) }.cdr?.unchanged == 50)
            #expect(try bench.run(try table(database)).cdr?.unchanged == 50)
            try expect(Array(legs), in: bench.connection)
        }
        // The other way round.
        try await Bench.with { bench in
            let csv = try bench.write(
                legs.map {
                    $0.csv(seconds: Self.ahead).split(separator: ",\"").dropLast(2).joined(separator: ",\"") + "\n"
                }
                .joined(),
                to: "Master.csv"
            )
            try bench.run(try table(database))
            #expect(try bench.run([csv]) { try moscow(&$0) }.cdr?.unchanged == 50)
        }
    }
}
