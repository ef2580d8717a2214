import Base
import Postgres
import Testing
import TestSupport

@testable import Reporting

/// The page and the workbook for a small week: two visits in it, one in the week before.
@Suite("Page and workbook", .enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct BookTests {
    private func book(
        _ names: [String] = ["queues", "agents", "calls", "lost-visits"],
        _ body: (ReportBook) throws -> Void
    ) async throws {
        try await Fixture.with { fixture in
            try fixture.visits(
                """
                callid | queue   | entered_at             | wait_s | talk_s | outcome   | agent | caller
                1.1    | support | 2026-11-16 09:00:00+01 | 10     | 65     | answered  | Alice | 0301
                1.2    | support | 2026-11-17 10:00:00+01 | 30     |        | abandoned |       | <b>&
                1.3    | sales   | 2026-11-09 10:00:00+01 | 5      | 10     | answered  | Alice | 0301
                """
            )
            let catalogue = try ReportCatalogue()
            let definitions = try names.map { try catalogue.definition($0) }
            try body(ReportRunner(.week47()).book(definitions, from: catalogue, on: fixture.connection))
        }
    }

    @Test("one self-contained file")
    func page() async throws {
        try await book { book in
            let page = String(decoding: HTMLRenderer().render(book), as: UTF8.self)
            #expect(page.hasPrefix("<!doctype html>"))
            #expect(page.contains("<h1>Week 47 of 2026</h1>"))
            // Nothing is loaded: no address, no script, no import.
            for needle in ["http:", "https:", "src=", "<script", "<link", "@import", "url("] {
                #expect(!page.contains(needle), "\(needle)")
            }
            #expect(page.contains("&lt;b&gt;&amp;") && !page.contains("<b>&"))
            #expect(page.contains("prefers-color-scheme: dark") && page.contains("@media print"))
            for title in [
                "Calls by day", "Calls by hour", "Waiting time", "Answered in time by day", "Answered in time by queue",
                "Agents&#39; time",
            ] {
                #expect(page.contains(title), "\(title)")
            }
            // Every column of every report is explained, and none by its name.
            let texts = page.split(separator: "<").compactMap { $0.split(separator: ">", maxSplits: 1).last }
            for result in book.results {
                let headings = Headings(result.columns)
                // With a single PBX, its column is not shown.
                for column in result.columns where column.name != "pbx" {
                    #expect(page.contains("<dt>\(headings.of(column.name))</dt>"), "\(column.name)")
                    guard column.name.contains("_") else { continue }
                    #expect(!texts.contains { $0.contains(column.name) }, "\(column.name)")
                }
            }
        }
    }

    @Test func `a page has one main part, headings that skip no level, and names for its tables and charts`()
        async throws
    {
        try await book { book in
            let page = Language.$current.withValue(.german) {
                String(decoding: HTMLRenderer().render(book), as: UTF8.self)
            }
            #expect(page.contains("<html lang=\"de\">"))
            #expect(page.split(separator: "<main>", omittingEmptySubsequences: false).count == 2)
            var level = 0
            for piece in page.split(separator: "<h").dropFirst() {
                guard let next = piece.first?.wholeNumberValue else { continue }
                #expect(next <= level + 1, "\(piece.prefix(60))")
                level = next
            }
            func count(_ part: String) -> Int {
                page.split(separator: part, omittingEmptySubsequences: false).count - 1
            }
            #expect(count("<table>") == count("<caption "))
            #expect(count("<th ") == count("scope="))
            #expect(count("<svg ") == count("role=\"img\" aria-label="))
        }
    }

    @Test("a part of another page has everything but the frame")
    func fragment() async throws {
        try await book { book in
            let part = HTMLRenderer().fragment(book)
            #expect(part.hasPrefix("<article class=\"report\">") && part.hasSuffix("</article>\n"))
            for needle in ["<html", "<head>", "<style", "<body", "<h1"] { #expect(!part.contains(needle), "\(needle)") }
            let page = String(decoding: HTMLRenderer().render(book), as: UTF8.self)
            let tiles = try #require(
                part.split(separator: "<div class=\"tiles\">").last?.split(separator: "</article>").first
            )
            #expect(page.contains(tiles))
        }
    }

    @Test("tags are closed in the order in which they were opened")
    func wellFormed() async throws {
        try await book { book in
            let page = String(decoding: HTMLRenderer().render(book), as: UTF8.self)
            var open: [Substring] = []
            for tag in page.split(separator: "<") where tag.first != "!" {
                let end = try #require(tag.firstIndex(of: ">"))
                let name = tag[..<end].prefix { $0.isLetter || $0.isNumber || $0 == "/" }
                if name.hasPrefix("/") {
                    #expect(open.popLast() == name.dropFirst())
                } else if name != "meta" && tag[tag.index(before: end)] != "/" {
                    open.append(name)
                }
            }
            #expect(open.isEmpty)
        }
    }

    @Test("every bar of a chart that shows a figure leads to the rows behind it")
    func chartLinks() async throws {
        try await book { book in
            let links = FigureLinks(
                rows: { _, slice in
                    let keys = slice.row.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                    return "/\(([slice.report, slice.figure] + keys).joined(separator: " "))"
                },
                story: { _, _ in nil }
            )
            let part = HTMLRenderer(links: links).fragment(book)
            for bar in ["c-answered", "c-lost", "c-bad", "c-good"] {
                for piece in part.split(separator: "<rect ").dropFirst()
                where piece.prefix(while: { $0 != ">" }).contains("class=\"\(bar)\"") {
                    #expect(piece.contains("</rect></a>"), "\(piece)")
                }
            }
            for address in [
                "/queues answered row_from=2026-11-16T00:00:00+01:00 row_to=2026-11-17T00:00:00+01:00",
                "/queues lost row_from=2026-11-17T00:00:00+01:00 row_to=2026-11-18T00:00:00+01:00",
                "/queues offered row_from=2026-11-16T09:00:00+01:00 row_to=2026-11-16T10:00:00+01:00",
                "/queues answered row_wait_from=6 row_wait_to=10", "/queues lost row_wait_from=21 row_wait_to=30",
                "/queues service_level_pct row_from=2026-11-16T00:00:00+01:00 row_to=2026-11-17T00:00:00+01:00",
                "/agents talk_s row_agent=Alice row_from=2026-11-16T00:00:00+01:00 row_pbx=main "
                    + "row_to=2026-11-23T00:00:00+01:00",
            ] {
                #expect(part.contains("href=\"\(address)\""), "\(address)")
            }
            #expect(!part.contains("role=\"img\""))
            #expect(!HTMLRenderer().fragment(book).contains("<a "))
        }
    }

    @Test(
        "the time before a month is the month before, and before other times as many days",
        arguments: [
            ("2026-12-01", "2027-01-01", "2026-11-01", "2026-12-01"),
            ("2026-03-01", "2026-04-01", "2026-02-01", "2026-03-01"),
            ("2026-01-01", "2026-04-01", "2025-10-01", "2026-01-01"),
            ("2026-03-02", "2026-04-02", "2026-01-30", "2026-03-02"),
        ]
    )
    func before(from: String, to: String, fromBefore: String, toBefore: String) async throws {
        try await Fixture.with { fixture in
            var request = ReportRequest.week47()
            request.window = .between(try #require(WrittenTime(from)), WrittenTime(to))
            try fixture.connection.execute("begin")
            let before = request.before(try ResolvedWindow(request, interval: .total, on: fixture.connection))
            let window = try ResolvedWindow(before, interval: .total, on: fixture.connection)
            #expect(window.from.description.prefix(19) == "\(fromBefore)T00:00:00")
            #expect(window.to.description.prefix(19) == "\(toBefore)T00:00:00")
        }
    }

    @Test(
        "this month and the last one are those of the report's zone",
        arguments: [
            ("2026-11-30 23:30:00+00", "Europe/Berlin", 0, "2026-12-01T00:00:00+01:00", "2027-01-01T00:00:00+01:00"),
            ("2026-11-30 23:30:00+00", "UTC", -1, "2026-10-01T00:00:00+00:00", "2026-11-01T00:00:00+00:00"),
            ("2027-01-01 03:00:00+00", "Asia/Tokyo", -1, "2026-12-01T00:00:00+09:00", "2027-01-01T00:00:00+09:00"),
        ]
    )
    func months(now: String, zone: String, offset: Int, from: String, to: String) async throws {
        try await Fixture.with { fixture in
            var request = ReportRequest(window: .month(offset), interval: .total, timeZone: zone)
            request.now = now
            try fixture.connection.execute("begin")
            let window = try ResolvedWindow(request, interval: .total, on: fixture.connection)
            #expect(window.from.description == from && window.to.description == to)
        }
    }

    @Test(
        "yesterday is a whole day of the report's zone, also one of 23 or 25 hours",
        arguments: [
            ("2026-11-30 23:30:00+00", "Europe/Berlin", "2026-11-30T00:00:00+01:00", "2026-12-01T00:00:00+01:00"),
            ("2026-10-26 06:00:00+01", "Europe/Berlin", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00"),
            ("2026-03-01 00:00:00+00", "UTC", "2026-02-28T00:00:00+00:00", "2026-03-01T00:00:00+00:00"),
        ]
    )
    func yesterday(now: String, zone: String, from: String, to: String) async throws {
        try await Fixture.with { fixture in
            var request = ReportRequest(window: .yesterday, interval: .total, timeZone: zone)
            request.now = now
            try fixture.connection.execute("begin")
            let window = try ResolvedWindow(request, interval: .total, on: fixture.connection)
            #expect(window.from.description == from && window.to.description == to)
        }
    }

    @Test("sums of all queues, and the week before")
    func summary() async throws {
        try await book { book in
            let now = Summary(try #require(book.queues), book.waits)
            #expect([now.offered, now.answered, now.lost] == [2, 1, 1])
            #expect(now.serviceLevel == 50 && now.meanWait == 10 && now.longest == 30)
            let before = Summary(try #require(book.before["queues"]), book.waitsBefore)
            #expect([before.offered, before.answered, before.lost] == [1, 1, 0])
            #expect(book.before["queues"]?.window.from.description == "2026-11-09T00:00:00+01:00")
            #expect(book.before["queues"]?.window.to == book.window.from)
            let days = try #require(book.byDay["queues"])
            let tuesday = Summary(days, book.waits, period: (try #require(LocalMoment("2026-11-17 00:00:00+01")), 2))
            #expect([tuesday.offered, tuesday.lost] == [1, 1] && tuesday.serviceLevel == 0)
        }
    }

    @Test(
        "pages of reports without charts, and without data",
        arguments: [["unmatched"], ["lost-visits"], ["calls"], ["agents"]]
    )
    func others(_ names: [String]) async throws {
        try await book(names) { book in
            let page = String(decoding: HTMLRenderer().render(book), as: UTF8.self)
            #expect(page.hasSuffix("</html>\n"))
            let workbook = try XLSXRenderer().render(book)
            #expect(workbook.starts(with: [0x50, 0x4B]))
        }
    }

    @Test("numbers, times and durations have their own types; sheets have filters, a frozen heading and charts")
    func workbook() async throws {
        try await book { book in
            let files = try #require(Unzip(try XLSXRenderer().render(book))).files
            let workbook = try #require(files["xl/workbook.xml"])
            let names = workbook.split(separator: "<sheet name=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
            #expect(names == ["Summary", "Days", "Queues", "Agents", "Calls", "Lost visits", "Columns"])
            let queues = try #require(files["xl/worksheets/sheet3.xml"])
            // Title, window, description, headings; the row of support.
            #expect(queues.contains("<autoFilter ref=\"A4:AG5\"/>"))
            #expect(queues.contains("ySplit=\"4\"") && queues.contains("state=\"frozen\""))
            // The queue, ten figures that are printed, nineteen others, and the period: 2026-11-16 is day 46342.
            #expect(workbook.contains("Queues!$A$1:$K$5</definedName>"))
            #expect(queues.contains("orientation=\"landscape\"") && queues.contains("fitToHeight=\"0\""))
            #expect(Self.value(queues, "AE5") == "46342")
            // Offered 2; answered 50 %; mean wait of answered 10 s; longest wait 30 s; none waiting.
            #expect(Self.value(queues, "B5") == "2")
            #expect(Self.value(queues, "F5") == "0.5")
            #expect(Self.value(queues, "H5").flatMap { Double($0) }.map { ($0 * 86_400).rounded() } == 10)
            #expect(Self.value(queues, "J5").flatMap { Double($0) }.map { ($0 * 86_400).rounded() } == 30)
            #expect(Self.value(queues, "R5") == "0")
            // The summary: 2 offered, 1 the week before; in time 50 % after 100 %, so -50 points; 10 s after 5 s. The last of
            // eight weeks is this one.
            let summary = try #require(files["xl/worksheets/sheet1.xml"])
            #expect(["B5", "C5", "D5", "M5", "L5"].map { Self.value(summary, $0) } == ["2", "1", "1", "2", "1"])
            #expect(["B7", "C7", "D7"].map { Self.value(summary, $0) } == ["0.5", "1", "-50"])
            #expect(Self.value(summary, "D9") == "5")
            #expect(Self.value(summary, "M4") == "46342" && Self.value(summary, "F4") == "46293")
            #expect(files.keys.count { $0.hasPrefix("xl/charts/chart") } == 2)
            // A text is a string, never a formula.
            #expect(files.values.allSatisfy { !$0.contains("<f>") })
        }
    }

    private static func value(_ sheet: String, _ cell: String) -> String? {
        sheet.split(separator: "<c r=\"\(cell)\"").dropFirst().first
            .flatMap { $0.split(separator: "<v>").dropFirst().first }
            .map { String($0.prefix { $0 != "<" }) }
    }
}
