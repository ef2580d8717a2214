import Base
import Postgres
import Testing
import TestSupport

@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct QueryTests {
    let server: TestPostgres

    init() throws {
        server = try #require(TestPostgres.shared)
    }

    /// Parameters, and how the server itself prints them.
    static let parameters: [(Parameter, String, String?)] = [
        (.null, "$1::text", nil),
        (.int64(.min), "$1", "-9223372036854775808"),
        (.double(-0.5), "$1", "-0.5"),
        (.bool(true), "$1", "t"),
        (.text("Zürich"), "$1", "Zürich"),
        (.text(""), "$1", ""),
        (.text("2025-03-09"), "$1::date + 1", "2025-03-10"),
        (.bytes([0, 255, 39]), "$1", "\\x00ff27"),
        (.moment(Moment(microseconds: 0)), "$1", "1970-01-01 00:00:00+00"),
        (.moment(Moment(microseconds: -1)), "$1", "1969-12-31 23:59:59.999999+00"),
        (.moment(Moment(seconds: 951_782_400)), "$1", "2000-02-29 00:00:00+00"),
        (.moment(.distantFuture), "$1", "infinity"),
        (.int64Array([1, -2]), "$1", "{1,-2}"),
        (.int64Array([]), "$1", "{}"),
        (.textArray(["a,b", "", "\"q\""]), "$1", "{\"a,b\",\"\",\"\\\"q\\\"\"}"),
        (.bytesArray([[], [1]]), "$1", "{\"\\\\x\",\"\\\\x01\"}"),
        (.momentArray([Moment(seconds: 1)]), "$1", "{\"1970-01-01 00:00:01+00\"}"),
    ]

    @Test(arguments: parameters)
    func parametersArriveAsMeant(_ parameter: Parameter, _ expression: String, _ printed: String?) throws {
        let connection = try Connection(server.address())
        let rows = try connection.query("SELECT \(expression)", [parameter])
        let text: String?? = try rows.first { row throws(PostgresError) in try row.textIfPresent(0) }
        #expect(text == .some(printed))
    }

    @Test func manyParametersKeepTheirPlaces() throws {
        let connection = try Connection(server.address())
        let rows = try connection.query(
            "SELECT $1 || $3, $2 + 1, $4::text IS NULL, $5 = '{x}'",
            ["a", 41, "", .null, .textArray(["x"])]
        )
        try rows.forEach { row throws(PostgresError) in
            #expect(try row.text(0) == "a")
            #expect(try row.int64(1) == 42)
            #expect(try row.bool(2))
            #expect(try row.bool(3))
        }
    }

    @Test func aTextWithNULIsRefusedHere() throws {
        let connection = try Connection(server.address())
        let error = #expect(throws: PostgresError.self) { try connection.query("SELECT $1", ["a\0b"]) }
        #expect(error?.code == .parameter)
    }

    @Test(arguments: [Format.text, .binary])
    func cellsAreReadInBothFormats(_ format: Format) throws {
        let connection = try Connection(server.address())
        let rows = try connection.query(
            "SELECT 7::int2, -7::int4, 7::int8, true, 'Ü'::text, NULL::int8, 'x'::varchar",
            format: format
        )
        #expect(rows.count == 1)
        try rows.forEach { row throws(PostgresError) in
            #expect(try row.int64(0) == 7)
            #expect(try row.int64(1) == -7)
            #expect(try row.int64(2) == 7)
            #expect(try row.bool(3))
            #expect(try row.text(4) == "Ü")
            #expect(try row.int64IfPresent(5) == nil)
            let isNull = row.isNull(5)
            #expect(isNull)
            #expect(try row.text(6) == "x")
            let count = row.withBytes(4) { $0.count }
            #expect(count == 2)
        }
    }

    @Test func aCellOfAnotherKindIsAnErrorThatNamesTheColumn() throws {
        let connection = try Connection(server.address())
        let rows = try connection.query("SELECT 'x' AS src, NULL::int8 AS n, 1.5::numeric AS d", format: .binary)
        try rows.forEach { row throws(PostgresError) in
            let kind = #expect(throws: PostgresError.self) { try row.int64(0) }
            #expect(kind?.description == "Column src does not hold a whole number.")
            let null = #expect(throws: PostgresError.self) { try row.int64(1) }
            #expect(null?.description == "Column n is NULL.")
            // numeric has its own binary form, which is not text.
            #expect(throws: PostgresError.self) { try row.text(2) }
        }
    }

    @Test func timestampsComeInMicrosecondsSince1970() throws {
        let connection = try Connection(server.address())
        let rows = try connection.query(
            "SELECT '1970-01-01 00:00:01.000002+00'::timestamptz, '-infinity'::timestamptz",
            format: .binary
        )
        try rows.forEach { row throws(PostgresError) in
            #expect(try row.moment(0) == Moment(microseconds: 1_000_002))
            #expect(try row.moment(1) == .distantPast)
        }
    }

    @Test func rowsAndColumnsAreCounted() throws {
        let connection = try Connection(server.address())
        let rows = try connection.query("SELECT n, n * 2 AS twice FROM generate_series(1, 3) AS n")
        #expect(rows.columns.map(\.name) == ["n", "twice"])
        #expect(try rows.map { row throws(PostgresError) in try row.int64(1) } == [2, 4, 6])
        #expect(try connection.execute("CREATE TEMP TABLE t AS SELECT 1") == 1)
        #expect(try connection.execute("DELETE FROM t WHERE false") == 0)
    }

    @Test func aCopyInTheWrongPlaceLeavesTheSessionUsable() throws {
        let connection = try Connection(server.address())
        try connection.execute("CREATE TEMP TABLE t (n int)")
        for sql in ["COPY t FROM STDIN", "COPY t TO STDOUT", "COPY (SELECT generate_series(1, 100000)) TO STDOUT"] {
            let error = #expect(throws: PostgresError.self) { try connection.execute(sql) }
            #expect(error?.code == .copy)
            #expect(try connection.query("SELECT 1").count == 1)
        }
    }
}
