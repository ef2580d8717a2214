import Glibc
import MariaDB
import Testing
import TestSupport

@Suite("A connection to a real server", .enabled(if: TestMariaDB.isInstalled, "needs mariadbd"))
struct ConnectionTests {
    @Test("lends cells as bytes, NULL apart from empty, and NUL inside")
    func cells() throws {
        var connection = try Database.connect()
        var cells: [[UInt8]?] = []
        try connection.stream(#"SELECT 1, NULL, '', 'a\0b', CONVERT(0xE9 USING latin1)"#) { row in
            for index in 0..<row.count { cells.append(row[index].map { Array($0) }) }
        }
        #expect(cells == [[0x31], nil, [], [0x61, 0, 0x62], [0xC3, 0xA9]])
    }

    @Test("sets rows aside as they came")
    func drained() throws {
        var connection = try Database.connect()
        try connection.beginDrained(
            #"SELECT NULL, '', 'a\0b', REPEAT('x', 100000) UNION ALL SELECT 'y', NULL, NULL, NULL"#
        )
        #expect(throws: DatabaseError.self) { try connection.execute("SELECT 1") }
        var rows: [[String?]] = []
        while try connection.next({ row in rows.append((0..<row.count).map { row.text($0) }) }) {}
        #expect(rows == [[nil, "", "a\0b", String(repeating: "x", count: 100_000)], ["y", nil, nil, nil]])
        #expect(try connection.query("SELECT 1") == [["1"]])
    }

    @Test("takes from an option file what the configuration leaves open")
    func optionFile() throws {
        let server = try TestMariaDB.shared()
        try Database.run("CREATE OR REPLACE USER filed@localhost IDENTIFIED BY 'of the file'")
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-options")
        let file = try #require(fopen(folder + "/my.cnf", "w"))
        defer { try? TestProcess.run(["rm", "-rf", folder]) }
        fputs("[client]\nsocket=\(server.socket)\n[crm-voip]\nuser=filed\npassword=of the file\n", file)
        fputs("default-character-set=latin1\nlocal-infile=1\n", file)
        fclose(file)
        var configuration = Configuration()
        configuration.optionFile = folder + "/my.cnf"
        var connection = try Connection(configuration)
        #expect(
            try connection.query("SELECT SUBSTRING_INDEX(USER(), '@', 1), @@character_set_results")
                == [["filed", "utf8mb4"]]
        )
    }

    @Test("gives the stored bytes if requested")
    func storedBytes() throws {
        var connection = try Database.connect { $0.resultText = .asStored }
        var bytes: [UInt8] = []
        try connection.stream("SELECT CONVERT(0xE9 USING latin1)") { row in bytes = row[0].map { Array($0) } ?? [] }
        #expect(bytes == [0xE9])
    }

    @Test("describes the columns", arguments: [Configuration.ResultText.utf8mb4, .asStored])
    func fields(text: Configuration.ResultText) throws {
        let database = try Database()
        try database.run(
            "CREATE TABLE t (a VARCHAR(80) CHARACTER SET latin1, b VARCHAR(80) CHARACTER SET utf8mb4, c DATETIME(6),"
                + " d INT UNSIGNED, e VARBINARY(9), f TIMESTAMP NULL)"
        )
        var connection = try database.connect { $0.resultText = text }
        let fields = try #require(try connection.begin("SELECT * FROM t"))
        #expect(fields.map(\.name) == ["a", "b", "c", "d", "e", "f"])
        #expect(fields.map(\.kind) == [.text, .text, .dateTime, .integer, .bytes, .timestamp])
        #expect(fields[0].characterLength == 80)
        #expect(fields[1].characterLength == 80)
        #expect(fields[2].decimals == 6)
        #expect(try !connection.next { _ in })
    }

    @Test("survives a body that throws, but cannot be used afterwards")
    func bodyThrows() throws {
        struct Enough: Error {}
        var connection = try Database.connect()
        var count = 0
        #expect(throws: Enough.self) {
            try connection.stream("SELECT seq FROM mysql.seq_1_to_1000000") { _ throws(Enough) in
                count += 1
                if count == 10 { throw Enough() }
            }
        }
        #expect(count == 10)
        let isBroken = connection.isBroken
        #expect(isBroken)
        #expect(throws: DatabaseError.self) { try connection.execute("SELECT 1") }
    }

    @Test("quotes values and names with any content", arguments: [true, false])
    func quoting(backslashes: Bool) throws {
        var connection = try Database.connect()
        if !backslashes { try connection.execute("SET sql_mode = 'NO_BACKSLASH_ESCAPES'") }
        let value = #"O'Brien \ "Ж" \' ; --"#
        let name = "odd ` name"
        let sql = "SELECT \(connection.literal(value)) AS \(Connection.identifier(name))"
        #expect(try connection.query(sql) == [[value]])
        let fields = try #require(try connection.begin(sql))
        #expect(fields.map(\.name) == [name])
        while try connection.next({ _ in }) {}
    }

    @Test("refuses a second statement while rows are waiting")
    func misuse() throws {
        var connection = try Database.connect()
        try connection.begin("SELECT 1 UNION SELECT 2")
        let error = #expect(throws: DatabaseError.self) { try connection.execute("SELECT 1") }
        #expect(error?.code == .misuse)
    }

    @Test("cannot write once prepared for reading")
    func readOnly() throws {
        let database = try Database()
        try database.run("CREATE TABLE t (a INT)")
        var connection = try database.connect()
        try connection.prepareForReading()
        let error = #expect(throws: DatabaseError.self) { try connection.execute("INSERT INTO t VALUES (1)") }
        #expect(error?.number == 1792)
    }

    @Test("sees a table in a snapshot as it was")
    func snapshot() throws {
        let database = try Database()
        try database.run("CREATE TABLE t (a INT) ENGINE=InnoDB", "INSERT INTO t VALUES (1)")
        var connection = try database.connect()
        try connection.prepareForReading()
        try connection.beginSnapshot()
        try database.run("INSERT INTO t VALUES (2)")
        #expect(try connection.query("SELECT a FROM t") == [["1"]])
    }
}
