import CallRecords
import MariaDB
import Testing
import TestSupport

@testable import Extract

@Suite("CDR tables from the field", .enabled(if: TestMariaDB.isInstalled, "needs mariadbd"))
struct CDRTableLayoutTests {
    @Test("FreePBX, with everything in it", arguments: ["InnoDB", "MyISAM", "Aria"], ["utf8mb4", "latin1"])
    func freePBX(engine: String, charset: String) throws {
        let database = try Database()
        try database.run(
            Schema.freePBX(engine: engine, charset: charset),
            "ALTER TABLE cdr ADD COLUMN site_note VARCHAR(9)",
            """
            INSERT INTO cdr VALUES ('2026-11-22 23:17:09', '"Müller" <4930123>', '4930123', '400', 'from-trunk',
                'PJSIP/t-1', 'Local/101@q-1', 'Queue', '400,t', 61, 40, 'ANSWERED', 3, 'acc', 'lab-1795389429.7',
                'uf', '74950000400', 'q-400.wav', '4930123', 'Müller', '88', 'Out', 'Agent', 'lab-1795389429.6',
                'peer', 12, 'ours')
            """
        )
        let read = try ReadTable(in: database)
        #expect(read.rejects.isEmpty)
        try #require(read.cdrs.count == 1)
        let header = read.cdrs.headers[0]
        #expect(header.start == wall(23, 17, 9))
        #expect(header.answer == .none && header.end == .none)
        #expect((header.duration, header.billsec, header.amaflags, header.sequence) == (61, 40, 3, 12))
        #expect(header.present == .all)
        #expect(header.cut == [])
        let expected: [CDRField: String] = [
            .uniqueid: "lab-1795389429.7", .linkedid: "lab-1795389429.6", .disposition: "ANSWERED", .src: "4930123",
            .dst: "400", .dcontext: "from-trunk", .clid: "\"Müller\" <4930123>", .channel: "PJSIP/t-1",
            .dstchannel: "Local/101@q-1", .lastapp: "Queue", .lastdata: "400,t", .accountcode: "acc",
            .peeraccount: "peer", .userfield: "uf", .did: "74950000400", .recordingfile: "q-400.wav",
            .cnum: "4930123", .cnam: "Müller", .outboundCnum: "88", .outboundCnam: "Out", .dstCnam: "Agent",
        ]
        for field in CDRField.allCases { #expect(read.cdrs.string(field, of: 0) == expected[field], "\(field)") }
        #expect(read.description.engine == engine)
        #expect(read.description.ignored == ["site_note"])
        #expect(read.description.missing == ["answer", "end"])
        #expect(read.description.warnings.isEmpty)
    }

    @Test("Issabel: no linkedid, no sequence, no index on the time")
    func issabel() throws {
        let database = try Database()
        try database.run(
            Schema.issabel,
            "INSERT INTO cdr (calldate, src, dst, uniqueid, disposition) VALUES"
                + " ('2026-11-22 10:00:00', '1', '2', '1795341600.5', 'NO ANSWER')"
        )
        let read = try ReadTable(in: database)
        try #require(read.cdrs.count == 1)
        #expect(read.cdrs.headers[0].sequence == nil)
        #expect(
            read.cdrs.headers[0].present
                == CDRFieldSet(CDRField.allCases.filter { $0 != .linkedid && $0 != .peeraccount })
        )
        #expect(read.description.missing == ["answer", "end", "sequence", "linkedid", "peeraccount"])
        #expect(read.description.warnings.count == 1)
    }

    @Test("Asterisk's own: start, answer and end, flags as words, NULL wherever nothing is")
    func alembic() throws {
        let database = try Database()
        try database.run(
            Schema.alembic,
            """
            INSERT INTO cdr (start, answer, end, src, dst, duration, billsec, amaflags, uniqueid, sequence) VALUES
                ('2026-11-22 10:00:00', '2026-11-22 10:00:05', '2026-11-22 10:01:00', '1', '2', 60, 55, 'BILLING', 'x', 0),
                ('2026-11-22 11:00:00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                ('2026-11-22 12:00:00', '0000-00-00 00:00:00', '2026-11-22 12:00:09', '', '', -3, 0, 'OMIT', '', 1)
            """
        )
        let read = try ReadTable(in: database)
        try #require(read.cdrs.count == 3)
        let headers = read.cdrs.headers
        #expect(headers.map(\.start) == [wall(10, 0, 0), wall(11, 0, 0), wall(12, 0, 0)])
        #expect(headers.map(\.answer) == [wall(10, 0, 5), .none, .none])
        #expect(headers.map(\.end) == [wall(10, 1, 0), .none, wall(12, 0, 9)])
        #expect(headers.map(\.duration) == [60, nil, 0], "a length below zero is 0, one that is not there is unknown")
        #expect(headers.map(\.amaflags) == [2, nil, 1])
        #expect(headers.map(\.line) == [1, 2, 3])
        #expect(read.strings(.uniqueid) == ["x", nil, nil])
    }

    @Test("a sequence of 0 counts only where the row has a linkedid")
    func sequenceBeforeTheModule() throws {
        let database = try Database()
        try database.run(
            Schema.freePBX(),
            "INSERT INTO cdr (calldate, dst, linkedid, sequence) VALUES ('2026-11-22 10:00:00', '1', '', 0),"
                + " ('2026-11-22 10:00:01', '1', '1.1', 0), ('2026-11-22 10:00:02', '1', '', 4)"
        )
        #expect(try ReadTable(in: database).cdrs.headers.map(\.sequence) == [nil, 0, 4])
    }

    @Test("a table of another database, and names in capitals")
    func names() throws {
        let (database, other) = (try Database(), try Database())
        try database.run("CREATE TABLE Calls (CALLDATE DATETIME, Dst VARCHAR(9))")
        try database.run("INSERT INTO Calls VALUES ('2026-11-22 10:00:00', '400')")
        let read = try ReadTable(cdr: "\(database.name).Calls", in: other)
        #expect(read.strings(.dst) == ["400"])
        #expect(read.description.columns == ["CALLDATE", "Dst"])
    }

    @Test("numbers for dispositions, decimals for lengths, views for tables")
    func oddities() throws {
        let database = try Database()
        try database.run(
            "CREATE TABLE t (calldate DATETIME, dst VARCHAR(9), duration DECIMAL(9,3), disposition INT)",
            "INSERT INTO t VALUES ('2026-11-22 10:00:00', '1', 12.999, 8), ('2026-11-22 10:00:01', '1', 0.1, 4)",
            "CREATE VIEW v AS SELECT * FROM t"
        )
        let read = try ReadTable(cdr: "v", in: database)
        #expect(read.cdrs.headers.map(\.duration) == [12, 0])
        #expect(read.strings(.disposition) == ["ANSWERED", "BUSY"])
    }

    @Test(
        "a table that is not a CDR table is refused",
        arguments: ["CREATE TABLE t (a INT)", "CREATE TABLE t (calldate DATETIME)"]
    )
    func noCDRTable(sql: String) throws {
        let database = try Database()
        try database.run(sql)
        #expect(throws: ExtractError.self) { try ReadTable(cdr: "t", in: database) }
        let error = #expect(throws: ExtractError.self) { try ReadTable(cdr: "missing", in: database) }
        #expect(error?.code == .unknownTable)
    }

    @Test("a user who may do no more than SELECT")
    func selectOnly() throws {
        let database = try Database()
        try database.run(
            Schema.freePBX(),
            "INSERT INTO cdr (calldate, dst) VALUES ('2026-11-22 10:00:00', '1')",
            "CREATE USER reader_\(database.name)@localhost IDENTIFIED BY 'pw'",
            "GRANT SELECT ON \(database.name).cdr TO reader_\(database.name)@localhost"
        )
        var configuration = try database.configuration()
        configuration.user = "reader_\(database.name)"
        configuration.password = "pw"
        #expect(try ReadTable(in: database, configuration: configuration).cdrs.count == 1)
    }
}
