import Base
import Testing
import TestSupport

@testable import Reporting

/// The same for what only a warehouse can fill.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct NothingUntranslatedOnPagesTests {
    private static func book(_ body: (ReportBook) throws -> Void) async throws {
        try await Fixture.with { fixture in
            try fixture.visits(
                """
                callid | queue | entered_at             | wait_s | talk_s | outcome   | agent | caller
                1.1    | 100   | 2026-11-16 09:00:00+01 | 10     | 65     | answered  | 201   | 0301
                1.2    | 100   | 2026-11-17 10:00:00+01 | 30     |        | abandoned |       | 0302
                1.3    | 200   | 2026-11-18 10:00:00+01 | 3      |        | abandoned |       | 0303
                1.4    | 100   | 2026-11-09 10:00:00+01 | 5      | 10     | answered  | 202   | 0301
                """
            )
            let catalogue = try ReportCatalogue()
            let names = catalogue.definitions.map(\.name).filter { $0 != "lost-calls" }
            let definitions = try names.map { try catalogue.definition($0) }
            try body(ReportRunner(.week47()).book(definitions, from: catalogue, on: fixture.connection))
        }
    }

    @Test func `every text of a page and of a mail`() async throws {
        try await Self.book { book in
            let (page, mail) = Language.$current.withValue(PseudoLanguage.language) {
                (String(decoding: HTMLRenderer().render(book), as: UTF8.self), ReportSummary([.init(book: book)]))
            }
            for html in [page, mail.html] {
                #expect(PseudoLanguage.untranslated(Self.texts(html).joined(separator: " ")) == [])
            }
            #expect(PseudoLanguage.untranslated(mail.title + mail.text) == [])
        }
    }

    @Test func `every text of a workbook`() async throws {
        try await Self.book { book in
            let bytes = try Language.$current.withValue(PseudoLanguage.language) { try XLSXRenderer().render(book) }
            let files = try #require(Unzip(bytes)).files
            let strings = try #require(files["xl/sharedStrings.xml"])
            #expect(PseudoLanguage.untranslated(Self.texts(strings).joined(separator: " ")) == [])
            let sheets = try #require(files["xl/workbook.xml"]).split(separator: "<sheet name=\"").dropFirst()
            for sheet in sheets { #expect(PseudoLanguage.untranslated(String(sheet.prefix { $0 != "\"" })) == []) }
        }
    }

    /// What people read or hear of a page: its texts, and the attributes that are shown or spoken.
    private static func texts(_ page: String) -> [String] {
        var texts: [String] = []
        for part in page.split(separator: "<") {
            guard let end = part.firstIndex(of: ">") else { continue }
            let tag = part[..<end]
            if tag.hasPrefix("style") { continue }
            for name in ["aria-label", "title", "alt", "data-label"] {
                for value in tag.split(separator: " \(name)=\"", omittingEmptySubsequences: false).dropFirst() {
                    texts.append(String(value.prefix { $0 != "\"" }))
                }
            }
            texts.append(String(part[part.index(after: end)...]))
        }
        return texts.map { text in
            ["&lt;", "&gt;", "&quot;", "&#39;", "&amp;"].reduce(text) { $0.replacing($1, with: " ") }
        }
    }
}
