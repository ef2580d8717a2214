import Base
import Postgres
import Testing
import TestSupport

@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct CopyTests {
    struct Mishap: Error {}

    static let copyIn = "COPY leg FROM STDIN (FORMAT binary)"

    let server: TestPostgres

    init() throws {
        server = try #require(TestPostgres.shared)
    }

    private func withLegs(_ columns: String, _ body: (borrowing Connection) throws -> Void) throws {
        let connection = try Connection(server.address())
        try connection.execute("CREATE TEMP TABLE leg (\(columns))")
        try body(connection)
        // Whatever happened, the session is usable afterwards.
        #expect(try connection.query("SELECT 1").count == 1)
        let isInTransaction = connection.isInTransaction
        #expect(!isInTransaction)
    }

    private func count(_ connection: borrowing Connection) throws -> Int64? {
        try connection.query("SELECT count(*) FROM leg").first { row throws(PostgresError) in try row.int64(0) }
    }

    @Test func everyTypeArrivesAsMeant() throws {
        let columns = """
            a int2, b int4, c int8, e bool, f text, g text, h timestamptz, i timestamptz, m int4
            """
        try withLegs(columns) { connection in
            let rows = try connection.copyIn(Self.copyIn) { writer in
                try writer.beginRow(columns: 9)
                writer.int16(-2)
                writer.int32(.max)
                writer.int64(.min)
                writer.bool(true)
                writer.text("Ünï")
                writer.text(Array("tab\tbackslash\\".utf8).span)
                writer.moment(Moment(microseconds: 1))
                writer.moment(Moment(seconds: 1_741_485_600))
                writer.null()
            }
            #expect(rows == 1)
            let row = try connection.query("SELECT * FROM leg").first { row throws(PostgresError) in
                var cells: [String?] = []
                for column in 0..<9 { cells.append(try row.textIfPresent(column)) }
                return cells
            }
            #expect(
                row == [
                    "-2", "2147483647", "-9223372036854775808", "t", "Ünï", "tab\tbackslash\\",
                    "1970-01-01 00:00:00.000001+00", "2025-03-09 02:00:00+00", nil,
                ]
            )
        }
    }

    /// Lengths around the buffer's 64 KiB, so that values fall on, across and beyond its end.
    @Test(arguments: [0, 1, 65_505, 65_506, 65_507, 65_535, 65_536, 65_537, 200_000])
    func longValuesCrossTheBuffer(_ length: Int) throws {
        try withLegs("n int8, t text, u text") { connection throws in
            let text = String(repeating: "x", count: length)
            try connection.copyIn(Self.copyIn) { writer in
                for number in 0..<3 {
                    try writer.beginRow(columns: 3)
                    writer.int64(Int64(number))
                    writer.text(text)
                    writer.text("end")
                }
            }
            let whole = try connection.query(
                "SELECT count(*) FROM leg WHERE t = repeat('x', $1::int) AND u = 'end'",
                [.int64(Int64(length))]
            )
            #expect(try whole.first { row throws(PostgresError) in try row.int64(0) } == 3)
        }
    }

    @Test func noRowsAreFine() throws {
        try withLegs("n int8") { connection throws in
            #expect(try connection.copyIn(Self.copyIn) { _ in } == 0)
        }
    }

    @Test func aShortRowIsRefusedWithItsNumber() throws {
        try withLegs("n int8, m int8") { connection throws in
            let error = #expect(throws: PostgresError.self) {
                try connection.copyIn(Self.copyIn) { writer in
                    try writer.beginRow(columns: 2)
                    writer.int64(1)
                    writer.int64(1)
                    try writer.beginRow(columns: 2)
                    writer.int64(2)
                }
            }
            #expect(error?.code == .copy)
            #expect(error?.description == "Row 2 of a COPY lacks 1 columns.")
            #expect(try count(connection) == 0)
        }
    }

    @Test func aLongRowIsRefused() throws {
        try withLegs("n int8") { connection throws in
            let error = #expect(throws: PostgresError.self) {
                try connection.copyIn(Self.copyIn) { writer in
                    try writer.beginRow(columns: 1)
                    writer.int64(1)
                    writer.int64(2)
                }
            }
            #expect(error?.description == "Row 1 of a COPY is too long.")
        }
    }

    @Test func anotherNumberOfColumnsThanTheStatementsIsRefused() throws {
        try withLegs("n int8, m int8") { connection throws in
            let error = #expect(throws: PostgresError.self) {
                try connection.copyIn(Self.copyIn) { try $0.beginRow(columns: 3) }
            }
            #expect(error?.code == .copy)
        }
    }

    @Test func aClosureThatThrowsKeepsNothing() throws {
        try withLegs("n int8") { connection throws in
            #expect(throws: Mishap.self) {
                try connection.copyIn(Self.copyIn) { writer in
                    for number in 0..<100_000 {
                        try writer.beginRow(columns: 1)
                        writer.int64(Int64(number))
                    }
                    throw Mishap()
                }
            }
            #expect(try count(connection) == 0)
        }
    }

    @Test(arguments: [[0x66, 0xFC, 0x72], [0x61, 0x00, 0x62], [0xC3]] as [[UInt8]])
    func bytesThatAreNoTextAreRefusedByTheServerWithTheirLine(_ bytes: [UInt8]) throws {
        try withLegs("n int8, t text") { connection throws in
            let error = #expect(throws: PostgresError.self) {
                try connection.copyIn(Self.copyIn) { writer in
                    for number in 1...3 {
                        try writer.beginRow(columns: 2)
                        writer.int64(Int64(number))
                        bytes.withUnsafeBytes {
                            writer.text(number == 2 ? $0 : UnsafeRawBufferPointer(start: nil, count: 0))
                        }
                    }
                }
            }
            #expect(error?.code == .sql)
            #expect(error?.sqlState == "22021")
            #expect(error?.context?.hasPrefix("COPY leg, line 2, column t") == true)
            #expect(try count(connection) == 0)
        }
    }

    @Test func aDuplicateKeyCanBeCaughtInASavepoint() throws {
        try withLegs("n int8 PRIMARY KEY") { connection throws in
            try connection.transaction { connection throws in
                let error = #expect(throws: PostgresError.self) {
                    try connection.savepoint { connection in
                        try connection.copyIn(Self.copyIn) { writer in
                            for _ in 0..<2 {
                                try writer.beginRow(columns: 1)
                                writer.int64(7)
                            }
                        }
                    }
                }
                #expect(error?.sqlState == "23505")
                #expect(error?.constraint == "leg_pkey")
                try connection.execute("INSERT INTO leg VALUES (8)")
            }
            #expect(try count(connection) == 1)
        }
    }

    @Test(arguments: [
        "COPY leg FROM STDIN", "COPY leg TO STDOUT (FORMAT binary)", "SELECT 1", "INSERT INTO leg VALUES (1)",
        "COPY nothing FROM STDIN (FORMAT binary)",
    ])
    func anotherStatementIsRefused(_ sql: String) throws {
        try withLegs("n int8") { connection throws in
            #expect(throws: PostgresError.self) { try connection.copyIn(sql) { _ in } }
        }
    }

    @Test func rowsComeOutAsTheyWentIn() throws {
        try withLegs("n int8, t text, s timestamptz") { connection throws in
            let rows = 100_000
            let copied = try connection.copyIn(Self.copyIn) { writer in
                for number in 0..<rows {
                    try writer.beginRow(columns: 3)
                    writer.int64(Int64(number))
                    if number % 3 == 0 { writer.null() } else { writer.text("leg \(number)") }
                    writer.moment(Moment(seconds: Int64(number)))
                }
            }
            #expect(copied == rows)
            var next: Int64 = 0
            try connection.copyOut("COPY (SELECT * FROM leg ORDER BY n) TO STDOUT (FORMAT binary)") { row throws in
                let isAsWritten =
                    try row.count == 3 && row.int64(0) == next
                    && row.textIfPresent(1) == (next % 3 == 0 ? nil : "leg \(next)")
                    && row.moment(2) == Moment(seconds: next)
                if !isAsWritten { throw Mishap() }
                next += 1
            }
            #expect(next == Int64(rows))
        }
    }

    @Test func aReaderThatHasEnoughStopsTheServer() throws {
        try withLegs("n int8") { connection throws in
            var seen = 0
            #expect(throws: Mishap.self) {
                // This would take minutes if the server were not told.
                let sql = "COPY (SELECT generate_series(1, 1000000000)) TO STDOUT (FORMAT binary)"
                try connection.copyOut(sql) { _ throws in
                    seen += 1
                    if seen == 1000 { throw Mishap() }
                }
            }
            #expect(seen == 1000)
        }
    }

    @Test func aFailureInTheMiddleOfACopyOutIsThrown() throws {
        try withLegs("n int8") { connection throws in
            let error = #expect(throws: PostgresError.self) {
                let sql = "COPY (SELECT 1 / (5000 - n) FROM generate_series(1, 9999) AS n) TO STDOUT (FORMAT binary)"
                try connection.copyOut(sql) { _ in }
            }
            #expect(error?.sqlState == "22012")
        }
    }

    @Test func cellsOfAnotherWidthAreRefused() throws {
        try withLegs("n int8") { connection throws in
            try connection.copyOut("COPY (SELECT 1::int4, NULL::int8) TO STDOUT (FORMAT binary)") { row throws in
                #expect(try row.int32(0) == 1)
                #expect(throws: PostgresError.self) { try row.int64(0) }
                #expect(throws: PostgresError.self) { try row.int64(1) }
                #expect(try row.int64IfPresent(1) == nil)
                let isNull = row.isNull(1)
                #expect(isNull)
            }
        }
    }
}
