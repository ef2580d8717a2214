import Base
import Testing

@testable import Reporting

/// Reports without a database: a definition, and rows of texts as the server could have printed them.
enum Sample {
    static func result(
        _ header: String,
        _ rows: [[String?]],
        title: String = "Sample",
        notes: [ReportNote] = [],
        interval: ReportInterval = .total
    ) throws -> ReportResult {
        let columns = header.split(separator: "\n").map { "-- column: \($0)" }.joined(separator: "\n")
        let definition = try ReportDefinition(
            name: "sample",
            text: "-- title: \(title)\n\(columns)\nselect 1",
            file: "sample.sql"
        )
        return ReportResult(
            definition: definition,
            window: try window(interval),
            parameters: [("queue", .text, nil), ("least", .integer, "3"), ("overrides", .jsonb, "{\"a\":1}")],
            rows: try rows.map { row in
                try zip(row, definition.columns).map { try #require(ReportCell($0, $1.kind)) }
            },
            notes: notes
        )
    }

    static func window(_ interval: ReportInterval = .total) throws -> ResolvedWindow {
        ResolvedWindow(
            from: try #require(LocalMoment("2026-11-16 00:00:00+01")),
            to: try #require(LocalMoment("2026-11-23 00:00:00+01")),
            timeZone: "Europe/Berlin",
            interval: interval,
            periodList: "{}",
            now: ""
        )
    }
}

@Suite("CSV")
struct CSVTests {
    private static let header = "name text: N.\ncalls integer: C.\nshare percent: S.\nat timestamp: A."

    @Test("RFC 4180: header, CRLF, quotes where they are needed, nothing for NULL")
    func plain() throws {
        let result = try Sample.result(
            Self.header,
            [
                ["Müller, \"Bo\"", "12", "0.0", "2026-11-16 09:30:00+01"],
                ["two\nlines", nil, nil, nil],
            ]
        )
        let text = String(decoding: CSVRenderer().render(result), as: UTF8.self)
        #expect(
            text
                == "name,calls,share,at\r\n\"Müller, \"\"Bo\"\"\",12,0.0,2026-11-16T09:30:00+01:00\r\n\"two\nlines\",,,\r\n"
        )
    }

    @Test("another delimiter and a byte order mark")
    func forSpreadsheets() throws {
        let result = try Sample.result(Self.header, [["a,b;c", "1", "2.5", nil]])
        let bytes = CSVRenderer(delimiter: ";", writesByteOrderMark: true).render(result)
        #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
        #expect(String(decoding: bytes.dropFirst(3), as: UTF8.self) == "name;calls;share;at\r\n\"a,b;c\";1;2.5;\r\n")
    }

    @Test(
        "a spreadsheet formula is defused, a telephone number is not",
        arguments: [
            ("=1+1", "'=1+1"), ("+49301234", "+49301234"), ("+49 30", "'+49 30"), ("+", "'+"), ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("Bob", "Bob"), ("", ""), ("a=1", "a=1"), ("+1=2", "'+1=2"),
            ("101", "101"),
        ]
    )
    func defused(_ text: String, _ expected: String) {
        #expect(CSVRenderer.defused(text) == expected)
    }

    /// A delimiter may be part of anything, and the file must be read back as it was written.
    @Test(
        "any field that contains the delimiter is quoted",
        arguments: [
            ("-", "\"-1\"-\"-0.5\"-\"2026-11-16T09:30:00+01:00\"-\"a\"\"b-c\""),
            (".", "-1.\"-0.5\".2026-11-16T09:30:00+01:00.\"a\"\"b-c\""),
            ("T", "-1T-0.5T\"2026-11-16T09:30:00+01:00\"T\"a\"\"b-c\""),
        ] as [(Character, String)]
    )
    func delimited(_ delimiter: Character, _ expected: String) throws {
        let columns = "calls integer: C.\nshare percent: S.\nat timestamp: A.\nname text: N."
        let result = try Sample.result(columns, [["-1", "-0.5", "2026-11-16 09:30:00+01", "a\"b-c"]])
        let file = String(decoding: CSVRenderer(delimiter: delimiter).render(result), as: UTF8.self)
        #expect(file.split(separator: "\r\n").last.map(String.init) == expected)
    }

    @Test("numbers are never defused: a negative one stays a number")
    func negative() throws {
        let result = try Sample.result("calls integer: C.\nshare percent: S.", [["-1", "-0.5"]])
        #expect(String(decoding: CSVRenderer().render(result), as: UTF8.self) == "calls,share\r\n-1,-0.5\r\n")
    }
}

@Suite("Cells")
struct CellTests {
    @Test(
        "one decimal, rounded half away from zero",
        arguments: [
            ("12", "12.0"), ("12.3", "12.3"), ("12.34", "12.3"), ("12.35", "12.4"), ("12.95", "13.0"),
            ("-0.05", "-0.1"),
            ("0.04999", "0.0"), ("16.6666666666666667", "16.7"),
        ]
    )
    func decimal(_ text: String, _ expected: String) {
        #expect(ReportCell(text, .decimal)?.number == expected)
    }

    @Test("a value of the wrong kind is refused", arguments: ["", "a", "1.5.2", "1e3", "NaN", "Infinity", "1."])
    func refused(_ text: String) {
        #expect(ReportCell(text, .integer) == nil)
        #expect(ReportCell(text, .percent) == nil || text == "1.")
        #expect(ReportCell(text, .timestamp) == nil)
    }
}

@Suite("JSON")
struct JSONTests {
    @Test("real numbers, nulls, parameters of their types, notes")
    func object() throws {
        let result = try Sample.result(
            "name text: The \"name\".\ncalls integer: C.\nshare percent: S.\nat timestamp: A.",
            [["Bo\u{01}b\n", "12", "50.0", "2026-11-16 09:30:00+01"], [nil, nil, nil, nil]],
            notes: [.lostWithoutNumber(1)]
        )
        #expect(
            String(decoding: JSONRenderer().render([result]), as: UTF8.self) == """
                {"schema_version":1,"report":"sample","title":"Sample",\
                "window":{"from":"2026-11-16T00:00:00+01:00","to":"2026-11-23T00:00:00+01:00"},\
                "timezone":"Europe/Berlin","filters":{},"parameters":{"queue":null,"least":3,"overrides":{"a":1}},\
                "notes":["One lost call has no number and cannot be called back."],"columns":[
                {"name":"name","kind":"text","description":"The \\"name\\"."},
                {"name":"calls","kind":"integer","description":"C."},
                {"name":"share","kind":"percent","description":"S."},
                {"name":"at","kind":"timestamp","description":"A."}],"rows":[
                {"name":"Bo\\u0001b\\n","calls":12,"share":50.0,"at":"2026-11-16T09:30:00+01:00"},
                {"name":null,"calls":null,"share":null,"at":null}]}

                """
        )
    }

    @Test("other encoders get the same value")
    func value() throws {
        let result = try Sample.result(
            "name text: The \"name\".\ncalls integer: C.\nshare percent: S.\nat timestamp: A.",
            [["Bo\u{01}b\n", "12", "50.5", "2026-11-16 09:30:00+01"], [nil, nil, nil, nil]]
        )
        let text = String(decoding: JSONRenderer().render([result]), as: UTF8.self)
        #expect(try #require(JSON(parsing: text)) == result.json)
        let array = String(decoding: JSONRenderer().render([result], isArray: true), as: UTF8.self)
        #expect(array.hasPrefix("[\n{") && array.hasSuffix("}]\n"))
    }

    @Test("several reports are an array")
    func array() throws {
        let result = try Sample.result("calls integer: C.", [])
        let text = String(decoding: JSONRenderer().render([result, result]), as: UTF8.self)
        #expect(text.hasPrefix("[\n{\"schema_version\":1") && text.hasSuffix("\"rows\":[]}]\n"))
    }
}

@Suite("Tables for terminals")
struct TableTests {
    @Test("numbers right-aligned, durations readable, constants above, zeros below")
    func layout() throws {
        let result = try Sample.result(
            """
            queue text: Q.
            calls integer: C.
            wait_max_s duration: W.
            answered_pct percent: A.
            failed integer: F.
            source text: S.
            """,
            [
                ["support", "12", "65", "97.5", "0", "queue_log"],
                ["технический", "1240", "3725", nil, "0", "queue_log"],
            ],
            notes: [.noData]
        )
        #expect(
            String(decoding: TableRenderer().render([result]), as: UTF8.self) == """
                Sample  2026-11-16 – 2026-11-22 Europe/Berlin
                source queue_log

                                       wait  answered
                queue        calls      max         %
                ───────────  ─────  ───────  ────────
                support         12     1:05      97.5
                технический   1240  1:02:05

                All 0 or empty: failed

                Note: The warehouse has no calls and no queue events for this time.

                """
        )
    }

    @Test("no line is wider than the terminal", arguments: [40, 60, 80, 132])
    func width(_ width: Int) throws {
        let names = (1...14).map { "figure_\($0) integer: F." }
        let result = try Sample.result(
            (["name text: N.", "remark text: R."] + names).joined(separator: "\n"),
            [
                ["李小龙", String(repeating: "long ", count: 30)] + (1...14).map { "\($0)00" },
                ["Anna", "x"] + (1...14).map { "\($0)1" },
            ]
        )
        let lines = String(decoding: TableRenderer(width: width).render([result]), as: UTF8.self).split(separator: "\n")
        #expect(lines.allSatisfy { DisplayWidth.of(String($0)) <= width })
        // The key is repeated in every part.
        let parts = lines.count { $0.hasPrefix("Anna") }
        #expect(lines.count { $0.hasPrefix("李小龙") } == parts)
        for number in 1...14 { #expect(lines.contains { $0.contains("\(number)00") }) }
    }

    @Test("an escape sequence in a name does not reach the terminal")
    func escape() throws {
        let result = try Sample.result("name text: N.", [["a\u{1B}[2Jb"], ["c"]])
        #expect(!TableRenderer().render([result]).contains(0x1B))
    }
}

@Suite("Markup")
struct MarkupTests {
    @Test("a caller's name stays a name")
    func escaped() {
        let name = "<img src=x onerror=\"alert('1')\">&\u{07}"
        let markup: Markup = "<td title=\"\(name)\">\(name)</td>"
        let safe = "&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;\u{FFFD}"
        #expect(markup.html == "<td title=\"\(safe)\">\(safe)</td>")
    }

    @Test(
        "coordinates to the hundredth",
        arguments: [(1.0, "1"), (1.5, "1.5"), (1.005, "1"), (1.25, "1.25"), (1.049, "1.05"), (-2.5, "-2.5"), (0, "0")]
    )
    func coordinates(_ value: Double, _ text: String) {
        let markup: Markup = "\(value)"
        #expect(markup.html == text)
    }

    @Test(
        "a scale ends at a round number",
        arguments: [(0, 1), (1, 1), (4, 4), (5, 6), (9, 10), (41, 60), (99, 100), (101, 150), (1000, 1000)]
            as [(Int64, Int64)]
    )
    func scale(_ largest: Int64, _ end: Int64) {
        #expect(Scale(largest).end == end)
    }
}
