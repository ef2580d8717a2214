import Base
import Testing

@testable import Reporting

/// That every text of tables, pages and workbooks is looked up in the catalogues.
@Suite struct NothingUntranslatedTests {
    /// A result with every word that the report can return, and otherwise figures.
    private static func result(
        _ definition: ReportDefinition,
        _ interval: ReportInterval,
        rows count: Int = 12
    ) throws -> ReportResult {
        let moment = ReportCell.moment(try #require(LocalMoment("2026-11-16 09:30:00+01")))
        let rows = (0..<count).map { number in
            definition.columns.map { column -> ReportCell in
                switch column.kind {
                case .text:
                    let words = Words.words[column.name]
                    return .text(words.map { $0[number % $0.count].replacing(" ", with: "_") } ?? "\(number)")
                case .integer, .duration: return .integer(Int64(number % 2))
                case .decimal, .percent, .average: return .tenths(Int64(number))
                case .timestamp: return moment
                }
            }
        }
        let filters = [("pbx", "1"), ("queue", "2"), ("agent", "3"), ("owner", "4"), ("open", "true")]
        let day = CalendarDay(year: 2026, month: 11, day: 16)
        let days = [ReportNote.Days(first: day, last: CalendarDay(year: 2026, month: 11, day: 17))]
        return ReportResult(
            definition: definition,
            window: try Sample.window(interval),
            parameters: filters.map { ($0.0, .text, $0.1) },
            rows: rows,
            total: rows.first,
            notes: [
                .noData, .emptyDays(days), .noQueueLog, .daysWithoutEvents(days), .daysWithoutCalls(days),
                .callsWithoutVisit(1), .callsWithoutVisit(2), .visitsWithoutCall(1), .visitsWithoutCall(2),
                .notNarrowed(report: "1", to: .pbx), .notNarrowed(report: "1", to: .queue),
                .notNarrowed(report: "1", to: .agent), .lostWithoutNumber(1), .lostWithoutNumber(2),
            ]
        )
    }

    @Test(arguments: ReportInterval.allCases)
    func `every table`(interval: ReportInterval) throws {
        for definition in try ReportCatalogue().definitions {
            for (rows, width) in [(12, nil), (1, 80), (0, 40)] as [(Int, Int?)] {
                let result = try Self.result(definition, interval, rows: rows)
                let text = Language.$current.withValue(PseudoLanguage.language) {
                    String(decoding: TableRenderer(width: width).render([result]), as: UTF8.self)
                }
                #expect(PseudoLanguage.untranslated(text) == [], "\(definition.name)")
            }
        }
    }

    @Test func `a text that was not looked up would be found`() throws {
        let result = try Sample.result("queue text: Q.", [["lager"], ["2"]])
        let text = Language.$current.withValue(PseudoLanguage.language) {
            String(decoding: TableRenderer().render([result]), as: UTF8.self)
        }
        #expect(PseudoLanguage.untranslated(text) == ["lager"])
    }
}
