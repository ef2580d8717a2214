import Base
import CallRecords
import Glibc
import MariaDB
import Testing
import TestSupport

@testable import Extract

@Suite("Reading a table to its end", .enabled(if: TestMariaDB.isInstalled, "needs mariadbd"))
struct TableScanTests {
    /// How a table can be read: with a snapshot, in pages, or all at once.
    enum Way: String, CaseIterable, Sendable {
        case snapshot, pages, unindexed

        var engine: String { self == .snapshot ? "InnoDB" : "MyISAM" }
        var key: String { self == .unindexed ? "" : ", KEY (calldate)" }
    }

    /// Rows of which some have the same second and some are equal in every column.
    private func table(_ way: Way, rows: Int, seconds: Int, random: inout SplitMix64) throws -> (Database, [String]) {
        let database = try Database()
        try database.run(
            "CREATE TABLE cdr (calldate DATETIME NOT NULL, dst VARCHAR(20), lastdata VARCHAR(200)\(way.key))"
                + " ENGINE=\(way.engine)"
        )
        var expected: [String] = []
        var values: [String] = []
        for _ in 0..<rows {
            let second = random.next(below: seconds)
            let time = CivilTime(secondsSince1970: 1_795_300_000 + Int64(second))
            let dst = "\(second)-\(random.next(below: 3))"
            expected.append("\(time) \(dst)")
            values.append("('\(time)', '\(dst)', REPEAT('x', 150))")
        }
        try database.run("INSERT INTO cdr VALUES " + values.joined(separator: ", "))
        return (database, expected.sorted())
    }

    private func legs(_ batch: CDRBatch) -> [String] {
        (0..<batch.count).map { record in
            guard case .wall(let seconds) = batch.headers[record].start else { return "no time" }
            return "\(CivilTime(secondsSince1970: seconds)) \(batch.string(.dst, of: record) ?? "")"
        }
    }

    @Test(
        "every row once and in order, however pages, batches and lost connections fall",
        arguments: Way.allCases,
        0..<6 as Range<UInt64>
    )
    func exactlyOnce(way: Way, seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let seconds = [1, 5, 200][Int(seed % 3)]
        let (database, expected) = try table(way, rows: 2000, seconds: seconds, random: &random)
        var table = try CDRTable(
            "cdr",
            window: nil,
            in: database.configuration(),
            encoding: .latin1,
            batchRows: 1 + random.next(below: 200),
            pace: TableScan.Pace(pageRows: 1 + random.next(below: 300), delays: [0, 0, 0, 0])
        )
        var (batch, rejects) = (CDRBatch(), [RejectedRecord]())
        var legs: [String] = []
        var kills = 3
        while try table.next(into: &batch, rejects: &rejects) {
            legs += self.legs(batch)
            guard kills > 0, random.next(below: 3) == 0 else { continue }
            kills -= 1
            // It may be gone already: a page was read to its end, and the connection was not used since.
            try? Database.run("KILL \(table.connectionIdentifier)")
        }
        #expect(legs.sorted() == expected)
        #expect(zip(legs, legs.dropFirst()).allSatisfy { $0.prefix(19) <= $1.prefix(19) })
    }

    @Test("a connection lost in the middle is restored", arguments: Way.allCases)
    func resumes(way: Way) throws {
        let (database, count) = (try Database(), 60_000)
        try database.run(
            Schema.freePBX(engine: way.engine) + "",
            way == .unindexed ? "ALTER TABLE cdr DROP KEY calldate" : "DO 0",
            "INSERT INTO cdr (calldate, dst, lastdata, uniqueid) SELECT '2026-11-22' + INTERVAL seq DIV 3 SECOND, '400',"
                + " REPEAT('x', 80), seq FROM mysql.seq_1_to_\(count)"
        )
        var table = try CDRTable("cdr", window: nil, in: database.configuration(), batchRows: 1000)
        var (batch, rejects, all) = (CDRBatch(), [RejectedRecord](), CDRBatch())
        #expect(try table.next(into: &batch, rejects: &rejects))
        try Database.run("KILL \(table.connectionIdentifier)")
        repeat { all.append(batch) } while try table.next(into: &batch, rejects: &rejects)
        let resumptions = table.notes.resumptions
        // What was drained before no longer needs the connection.
        #expect(resumptions == (way == .unindexed ? 0 : 1))
        #expect(all.count == count)
        #expect(Set((0..<all.count).map { all.string(.uniqueid, of: $0) }).count == count)
    }

    @Test("a connection that cannot be restored is an error, not an end")
    func givesUp() throws {
        let database = try Database()
        let user = "gone_\(database.name)"
        try database.run(
            Schema.freePBX(),
            "CREATE USER \(user)@localhost",
            "GRANT SELECT ON \(database.name).* TO \(user)@localhost",
            "INSERT INTO cdr (calldate, dst, lastdata) SELECT '2026-11-22', '400', REPEAT('x', 80)"
                + " FROM mysql.seq_1_to_60000"
        )
        var configuration = try database.configuration()
        configuration.user = user
        var table = try CDRTable("cdr", window: nil, in: configuration, batchRows: 1000)
        var (batch, rejects, rows) = (CDRBatch(), [RejectedRecord](), 0)
        #expect(try table.next(into: &batch, rejects: &rejects))
        try Database.run("DROP USER \(user)@localhost", "KILL \(table.connectionIdentifier)")
        let error = #expect(throws: ExtractError.self) {
            repeat { rows += batch.count } while try table.next(into: &batch, rejects: &rejects)
        }
        #expect(error?.code == .interrupted)
        #expect(rows < 60_000)
    }

    @Test("rows that appear meanwhile are not in the snapshot")
    func snapshot() throws {
        let database = try Database()
        try database.run(Schema.freePBX(), "INSERT INTO cdr (calldate, dst) VALUES ('2026-11-22 10:00:00', 'early')")
        var table = try CDRTable("cdr", window: nil, in: database.configuration())
        try database.run("INSERT INTO cdr (calldate, dst) VALUES ('2026-11-22 11:00:00', 'late')")
        var (batch, rejects, rows) = (CDRBatch(), [RejectedRecord](), 0)
        while try table.next(into: &batch, rejects: &rejects) { rows += batch.count }
        #expect(rows == 1)
    }

    @Test("the PBX can write to a MyISAM table while it is being read", arguments: [Way.pages, .unindexed])
    func doesNotLock(way: Way) throws {
        let database = try Database()
        try database.run(
            Schema.freePBX(engine: "MyISAM"),
            way == .unindexed ? "ALTER TABLE cdr DROP KEY calldate" : "DO 0",
            "INSERT INTO cdr (calldate, dst, lastdata) SELECT '2026-11-22' + INTERVAL seq SECOND, '400', REPEAT('x', 80)"
                + " FROM mysql.seq_1_to_60000",
            // A hole in the middle: MyISAM would append while a reader is active, but not fill a hole.
            "DELETE FROM cdr WHERE calldate = '2026-11-22 01:00:00'"
        )
        var table = try CDRTable("cdr", window: nil, in: database.configuration(), batchRows: 10)
        var (batch, rejects, rows) = (CDRBatch(), [RejectedRecord](), 0)
        #expect(try table.next(into: &batch, rejects: &rejects))
        try database.run(
            "SET STATEMENT max_statement_time = 2 FOR INSERT INTO cdr (calldate, dst) VALUES ('2026-11-22', 'new')"
        )
        repeat { rows += batch.count } while try table.next(into: &batch, rejects: &rejects)
        #expect(rows >= 59_999)
    }

    @Test("memory does not grow with the table", arguments: Way.allCases)
    func memory(way: Way) throws {
        // 450 bytes a row.
        let (database, count) = (try Database(), way == .snapshot ? 200_000 : 120_000)
        try database.run(
            Schema.freePBX(engine: way.engine),
            way == .unindexed ? "ALTER TABLE cdr DROP KEY calldate" : "DO 0",
            "INSERT INTO cdr (calldate, dst, lastdata, channel, clid, userfield) SELECT '2026-11-22' + INTERVAL seq SECOND,"
                + " '400', REPEAT('x', 80), REPEAT('y', 80), REPEAT('z', 80), REPEAT('u', 200) FROM mysql.seq_1_to_\(count)"
        )
        var table = try CDRTable("cdr", window: nil, in: database.configuration())
        var (batch, rejects) = (CDRBatch(), [RejectedRecord]())
        #expect(try table.next(into: &batch, rejects: &rejects))
        let first = residentKilobytes()
        var (rows, most) = (0, first)
        repeat {
            rows += batch.count
            most = max(most, residentKilobytes())
        } while try table.next(into: &batch, rejects: &rejects)
        #expect(rows == count)
        // Kilobytes. Other tests run at the same time, so the limit is half of what the rows would take.
        #expect(most - first < count * 450 / 1000 / 2)
    }

    private func residentKilobytes() -> Int {
        let file = open("/proc/self/statm", O_RDONLY)
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = read(file, &bytes, bytes.count)
        let words = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
        return words.count > 1 ? (Int(words[1]) ?? 0) * 4 : 0
    }
}

/// Sebastiano Vigna's SplitMix64: the same numbers for the same seed.
struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func next(below bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
