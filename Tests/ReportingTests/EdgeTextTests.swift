import Base
import Testing

@testable import Reporting

/// A caller's name in every output of a report: it controls no terminal, and no spreadsheet executes it.
struct EdgeTextTests {
    private static let name = "\u{FF1D}1+1\u{1B}[31m\u{9B}\u{202E}\u{200B}\u{E0041}x"

    private static func rendered(_ format: String) throws -> String {
        let result = try Sample.result("name text: N.\ncalls integer: C.", [[name, "1"]])
        let bytes =
            switch format {
            case "table": TableRenderer().render([result])
            case "csv": CSVRenderer(isForTerminal: true).render(result)
            case "json": JSONRenderer().render([result])
            case "html": HTMLRenderer().render(book(result))
            default: Array(try #require(Unzip(try XLSXRenderer().render(book(result)))).files.values.joined().utf8)
            }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func book(_ result: ReportResult) -> ReportBook {
        ReportBook(
            results: [result],
            failures: [],
            before: [:],
            byDay: [:],
            byHour: nil,
            totals: [:],
            waits: WaitClasses(limits: [], entries: []),
            waitsBefore: WaitClasses(limits: [], entries: []),
            target: 80
        )
    }

    @Test(arguments: ["table", "csv", "json", "html", "xlsx"])
    func `nothing in it is active content`(format: String) throws {
        let text = try Self.rendered(format)
        #expect(text.contains("1+1"))
        let alive = text.unicodeScalars.filter { scalar in
            [.control, .format].contains(scalar.properties.generalCategory) && scalar != "\n" && scalar != "\r"
        }
        #expect(alive.isEmpty, "\(alive.map(\.value))")
    }

    @Test func `a CSV file keeps the name unchanged, after an apostrophe`() throws {
        let result = try Sample.result("name text: N.\ncalls integer: C.", [[Self.name, "1"]])
        #expect(String(decoding: CSVRenderer().render(result), as: UTF8.self) == "name,calls\r\n'\(Self.name),1\r\n")
    }
}
