import Testing

@testable import Reporting

/// What a page shows of a table, and what it folds.
struct PageTableTests {
    private static func result(
        _ head: String,
        rows: Int,
        _ row: (Int) -> [String?]
    ) throws -> ReportResult {
        let definition = try ReportDefinition(
            name: "sample",
            text: "-- title: Sample\n\(head)\nselect 1",
            file: "sample.sql"
        )
        return ReportResult(
            definition: definition,
            window: try Sample.window(),
            parameters: [],
            rows: try (0..<rows).map { number in
                try zip(row(number), definition.columns).map { try #require(ReportCell($0, $1.kind)) }
            },
            notes: []
        )
    }

    private static func rowHeads(_ html: Substring) -> [Substring] {
        html.split(separator: "<tr><th scope=\"row\">").dropFirst().map { $0.prefix { $0 != "<" } }
    }

    @Test(arguments: [(25, 25), (26, 20)])
    func `the first rows of a long table are visible`(count: Int, visible: Int) throws {
        let result = try Self.result("-- column: queue text: Q.\n-- column: calls integer: C.", rows: count) {
            ["q\($0)", "\($0)"]
        }
        let parts = HTMLTable(result).markup.html.split(separator: "<details>")
        #expect(Self.rowHeads(parts[0]).count == visible)
        if visible < count {
            #expect(parts[1].hasPrefix("\n<summary>6 more rows</summary>"))
            #expect(Self.rowHeads(parts[1]) == (20..<26).map { "q\($0)" })
            #expect(parts[1].contains("<p class=\"paper\">These are 20 of 26 rows."))
        } else {
            #expect(!parts[0].contains("class=\"paper\""))
        }
    }

    @Test func `with important columns, the rows with the largest first one come first, and the others are folded`()
        throws
    {
        let result = try Self.result(
            "-- main: lost, calls\n-- column: queue text: Q.\n-- column: calls integer: C.\n-- column: lost integer: L.\n"
                + "-- column: busy integer: B.",
            rows: 30
        ) { ["q\($0)", "\(100 - $0)", "\($0)", "7"] }
        let html = HTMLTable(result).markup.html
        let parts = html.split(separator: "<details>")
        #expect(Self.rowHeads(parts[0]).prefix(2) == ["q29", "q28"])
        #expect(
            parts[0].contains(
                "<thead><tr><th scope=\"col\">queue</th><th scope=\"col\" class=\"n\">lost</th><th scope=\"col\" class=\"n\">calls</th>"
            )
        )
        #expect(parts[0].contains("The rows with the most &quot;lost&quot; come first."))
        #expect(!parts[0].contains("busy"))
        #expect(parts[2].hasPrefix("\n<summary>1 more column</summary>") && parts[2].contains(">busy</th>"))
    }

    @Test func `a page lists no more rows than can be read, and says where all are`() throws {
        let head = (1...10).map { "-- column: c\($0) integer: C." }.joined(separator: "\n")
        let result = try Self.result("-- column: queue text: Q.\n\(head)", rows: 2000) { row in
            ["q\(row)"] + (1...10).map { "\($0)" }
        }
        let html = HTMLTable(result).markup.html
        // 5000 cells in 11 columns
        #expect(Self.rowHeads(html[...]).count == 454)
        #expect(html.contains("The page lists 454 of 2\u{202F}000 rows; the workbook and CSV have all."))
    }

    @Test func `a table has a caption, headings of columns and rows, and can be scrolled by keyboard`() throws {
        let result = try Self.result("-- column: queue text: Q.\n-- column: calls integer: C.", rows: 2) {
            ["q\($0)", "1"]
        }
        let html = HTMLTable(result).markup.html
        #expect(html.contains("tabindex=\"0\" role=\"group\" aria-label=\"Sample\""))
        #expect(html.contains("<caption class=\"hidden\">Sample</caption>"))
        #expect(html.contains("<summary>What the columns mean</summary>\n<dl>\n<dt>queue</dt><dd>Q.</dd>"))
    }

    @Test func `a caller's number can be dialled if it is known as E.164`() throws {
        let result = try Self.result(
            "-- shown: status, caller\n-- column: status text: S.\n-- column: caller text: C.\n-- column: caller_e164 text: E.",
            rows: 2
        ) { row in row == 0 ? ["open", "0301", "+49301"] : ["done", "0302", nil] }
        let html = HTMLTable(result).markup.html
        #expect(html.contains("<th scope=\"row\"><a class=\"figure\" href=\"tel:+49301\">0301</a></th>"))
        #expect(html.contains("<th scope=\"row\">0302</th>"))
    }

    @Test func `a note about one report is beside it, one about all at the top of the page and in the summary`() throws
    {
        let results = try [("First", [ReportNote.noData, .lostWithoutNumber(1)]), ("Second", [.noData])].map {
            title,
            notes in
            try Sample.result("queue text: Q.\ncalls integer: C.", [["sales", "1"]], title: title, notes: notes)
        }
        let all = "The warehouse has no calls and no queue events for this time."
        let one = "One lost call has no number and cannot be called back."
        let none = WaitClasses(limits: [], entries: [])
        let book = ReportBook(
            results: results,
            failures: [],
            before: [:],
            byDay: [:],
            byHour: nil,
            totals: [:],
            waits: none,
            waitsBefore: none,
            target: 80
        )
        let page = String(decoding: HTMLRenderer().render(book), as: UTF8.self)
        let sections = page.split(separator: "<section").map(String.init)
        #expect(sections.map { $0.contains(all) } == [false, true, false, false])
        #expect(sections.map { $0.contains("<p class=\"note\">\(one)</p>") } == [false, false, true, false])
        let files = try #require(Unzip(try XLSXRenderer().render(book))).files
        let strings = try #require(files["xl/sharedStrings.xml"]).split(separator: "<si>").dropFirst()
        func sheets(_ text: String) throws -> [Int] {
            let number = try #require(strings.firstIndex { $0.contains(">\(text)<") }) - strings.startIndex
            return (1...4).filter {
                files["xl/worksheets/sheet\($0).xml"]?.contains("t=\"s\"><v>\(number)</v>") == true
            }
        }
        #expect(try sheets(all) == [1])
        #expect(try sheets(one) == [2])
    }
}
