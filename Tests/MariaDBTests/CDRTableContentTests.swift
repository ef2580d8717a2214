import CallRecords
import MariaDB
import Testing
import TestSupport

@testable import Extract

@Suite("The content of CDR tables", .enabled(if: TestMariaDB.isInstalled, "needs mariadbd"))
struct CDRTableContentTests {
    @Test("a window takes its first second and not its last", arguments: ["InnoDB", "MyISAM"])
    func window(engine: String) throws {
        let database = try Database()
        try database.run(
            Schema.freePBX(engine: engine),
            "INSERT INTO cdr (calldate, dst) VALUES ('2026-11-23 00:00:00', 'after'), ('2026-11-22 23:59:59', 'last'),"
                + " ('2026-11-22 00:00:00', 'first'), ('2026-11-21 23:59:59', 'before'), ('0000-00-00 00:00:00', 'zero')"
        )
        let read = try ReadTable(in: database, window: .days(22..<23))
        #expect(read.strings(.dst) == ["first", "last"])
        #expect(read.rejects.isEmpty)
        #expect(read.description.warnings == ["1 rows of cdr have no time in calldate and so are in no window."])
    }

    @Test("without a window, rows without a time are rejected and reported")
    func zeroDates() throws {
        let database = try Database()
        try database.run(
            "CREATE TABLE cdr (calldate DATETIME, dst VARCHAR(9), duration VARCHAR(9))",
            "INSERT INTO cdr VALUES ('2026-11-22 10:00:00', 'good', '5'), ('0000-00-00 00:00:00', 'zero', '5'),"
                + " (NULL, 'null', NULL), ('2026-11-22 10:00:01', 'words', 'five'), ('2026-11-00 00:00:00', 'part', '')"
        )
        let read = try ReadTable(in: database)
        #expect(read.strings(.dst) == ["good"])
        #expect(
            read.rejects.map { String(decoding: $0.bytes, as: UTF8.self) } == [
                "\\N\t\\N\tnull", "0000-00-00 00:00:00\t5\tzero", "2026-11-00 00:00:00\t\tpart",
                "2026-11-22 10:00:01\tfive\twords",
            ]
        )
        #expect(read.rejects.map(\.defect.code) == [.time, .time, .time, .number])
        #expect(read.rejects.map(\.line) == [1, 2, 3, 5])
    }

    @Test("ids that fill their column may have been cut, and are counted")
    func cutNames() throws {
        let database = try Database()
        try database.run(
            "CREATE TABLE cdr (calldate DATETIME, dst VARCHAR(9), uniqueid VARCHAR(16), linkedid VARCHAR(16))",
            "INSERT INTO cdr VALUES ('2026-11-22 10:00:00', '1', 'pbx-1795389429.1', 'pbx-1795389429.1'),"
                + " ('2026-11-22 10:00:01', '1', '1795389430.1', 'pbx-1795389429.1'),"
                + " ('2026-11-22 10:00:02', '1', '1795389431.1', '1795389431.1'), ('2026-11-22 10:00:03', '1', '', NULL)"
        )
        #expect(try ReadTable(in: database).notes.cutNames == 2)
    }

    @Test(
        "names in every character set arrive as UTF-8",
        arguments: [
            // The column's character set, the stored bytes, the name.
            ("utf8mb4", "D098D0B2D0B0D0BD20F09F9880", "Иван 😀"),
            ("utf8mb3", "D098D0B2D0B0D0BD", "Иван"),
            ("cp1251", "C8E2E0ED", "Иван"),
            ("latin1", "4DFC6C6C6572", "Müller"),
            // UTF-8 that an old FreePBX wrote over a latin1 connection.
            ("latin1", "D098D0B2D0B0D0BD", "Иван"),
            ("latin1", "506C61696E", "Plain"),
            ("binary", "D098D0B2", "Ив"),
        ]
    )
    func characterSets(charset: String, stored: String, name: String) throws {
        let database = try Database()
        let type = charset == "binary" ? "VARBINARY(40)" : "VARCHAR(40) CHARACTER SET \(charset)"
        try database.run(
            "CREATE TABLE cdr (calldate DATETIME, dst VARCHAR(9), cnam \(type))",
            "INSERT INTO cdr VALUES ('2026-11-22 10:00:00', '1', UNHEX('\(stored)'))"
        )
        #expect(try ReadTable(in: database).strings(.cnam) == [name])
    }

    @Test(
        "a text that fills its column may have been cut",
        arguments: [
            ("utf8mb4", "müde", "mü1"), ("latin1", "müde", "mü1"), ("cp1251", "Иван", "Ива"),
            ("utf8mb4", "Иван", "Ива"),
        ]
    )
    func cut(charset: String, full: String, short: String) throws {
        let database = try Database()
        let type = "VARCHAR(4) CHARACTER SET \(charset)"
        try database.run(
            "CREATE TABLE cdr (calldate DATETIME, dst \(type), src \(type), userfield TEXT)",
            "INSERT INTO cdr VALUES ('2026-11-22 10:00:00', '\(full)', '\(short)', REPEAT('x', 300))"
        )
        #expect(try ReadTable(in: database).cdrs.headers.map(\.cut) == [CDRFieldSet(.dst)])
    }

    @Test("a TIMESTAMP gives back what the PBX wrote, whatever the server's zone")
    func timestamps() throws {
        let database = try Database()
        try Database.run("SET GLOBAL time_zone = '+05:30'")
        defer { try? Database.run("SET GLOBAL time_zone = 'SYSTEM'") }
        try database.run(
            "CREATE TABLE cdr (calldate TIMESTAMP NULL, dst VARCHAR(9), KEY (calldate))",
            "INSERT INTO cdr VALUES ('2026-11-22 00:00:00', 'in'), ('2026-11-22 23:59:59', 'in'),"
                + " ('2026-11-23 01:30:00', 'out'), ('2026-11-21 22:30:00', 'out')"
        )
        let read = try ReadTable(in: database, window: .days(22..<23))
        #expect(read.strings(.dst) == ["in", "in"])
        #expect(read.cdrs.headers.map(\.start) == [wall(0, 0, 0), wall(23, 59, 59)])
    }
}
