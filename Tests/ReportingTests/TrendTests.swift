import Base
import Postgres
import Testing
import TestSupport

@testable import Reporting

@Suite("Trend of eight periods", .enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct TrendTests {
    private func book(
        _ visits: String,
        _ request: ReportRequest = .week47(),
        _ body: (ReportBook) throws -> Void
    ) async throws {
        try await Fixture.with { fixture in
            try fixture.visits(visits)
            let catalogue = try ReportCatalogue()
            try body(
                ReportRunner(request).book([catalogue.definition("queues")], from: catalogue, on: fixture.connection)
            )
        }
    }

    @Test
    func
        `weeks are counted from all visits, those before the first data are unknown, and a change of clocks moves nothing`()
        async throws
    {
        // The week of 19 October ends with a night of 25 hours.
        try await book(
            """
            callid | queue   | entered_at             | wait_s | talk_s | outcome   | agent | caller
            1.1    | support | 2026-10-05 00:00:00+02 | 7      | 10     | answered  | Alice | 0301
            1.2    | support | 2026-10-25 23:59:59+01 | 11     | 10     | answered  | Alice | 0302
            1.3    | sales   | 2026-11-09 10:00:00+01 | 30     |        | abandoned |       | 0303
            1.4    | support | 2026-11-16 09:00:00+01 | 10     | 65     | answered  | Alice | 0301
            1.5    | sales   | 2026-11-22 23:59:59+01 | 25     | 65     | answered  | Alice | 0301
            """
        ) { book in
            let trend = try #require(book.trend)
            #expect(
                trend.periods.map { "\($0.start.date)" } == [
                    "2026-09-28", "2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02", "2026-11-09",
                    "2026-11-16",
                ]
            )
            #expect(trend.queues.map { $0?.offered } == [nil, 1, 0, 1, 0, 0, 1, 2])
            #expect(trend.queues.map { $0?.lost } == [nil, 0, 0, 0, 0, 0, 1, 0])
            #expect(trend.queues.map { $0?.meanWait } == [nil, 7, nil, 11, nil, nil, nil, 17.5])
            #expect(trend.queues.map { $0?.serviceLevel } == [nil, 100, nil, 100, nil, nil, 0, 50])
            let page = String(decoding: HTMLRenderer().render(book), as: UTF8.self)
            #expect(page.contains("aria-label=\"The last eight weeks: –; 1; 0; 1; 0; 0; 1; 2\""))
            #expect(page.contains("aria-label=\"The last eight weeks: –; 0:07; –; 0:11; –; –; –; 0:18\""))
        }
    }

    @Test func `of hours of a day, the same hours of the days before count`() async throws {
        var request = ReportRequest.week47()
        request.window = .between(
            try #require(WrittenTime("2026-11-16 09:00")),
            WrittenTime("2026-11-16 12:00")
        )
        try await book(
            """
            callid | queue   | entered_at             | wait_s | talk_s | outcome   | agent | caller
            1.1    | support | 2026-11-09 11:00:00+01 | 7      | 10     | answered  | Alice | 0301
            1.2    | support | 2026-11-15 08:59:59+01 | 7      | 10     | answered  | Alice | 0301
            1.3    | support | 2026-11-15 09:00:00+01 | 7      | 10     | answered  | Alice | 0301
            1.4    | support | 2026-11-15 12:00:00+01 | 7      | 10     | answered  | Alice | 0301
            1.5    | support | 2026-11-16 11:59:59+01 | 7      | 10     | answered  | Alice | 0301
            """,
            request
        ) { book in
            #expect(book.trend?.queues.map { $0?.offered } == [1, 0, 0, 0, 0, 0, 1, 1])
        }
    }

    @Test func `longer windows have no trend`() async throws {
        var request = ReportRequest.week47()
        request.window = .between(try #require(WrittenTime("2026-10-01")), WrittenTime("2026-11-06"))
        try await book(
            """
            callid | queue   | entered_at             | wait_s | talk_s | outcome   | agent | caller
            1.1    | support | 2026-10-09 11:00:00+02 | 7      | 10     | answered  | Alice | 0301
            """,
            request
        ) { book in
            #expect(book.trend == nil)
            #expect(!String(decoding: HTMLRenderer().render(book), as: UTF8.self).contains("class=\"spark\""))
        }
    }

    @Test func `only a change beyond noise is called better or worse`() {
        func figure(_ now: Int64, _ before: Int64, _ wish: KeyFigure.Wish?) -> KeyFigure {
            KeyFigure(name: "Lost", amount: .count(now), before: .count(before), wish: wish)
        }
        #expect(figure(140, 100, .less).verdict == .worse)
        #expect(figure(100, 140, .less).verdict == .better)
        #expect(figure(139, 100, .less).verdict == nil)
        #expect(figure(140, 100, nil).verdict == nil)
        let wait = KeyFigure(
            name: "Mean wait",
            amount: .seconds(29.9),
            before: .seconds(16),
            wish: .less,
            trend: [nil, nil, nil, .seconds(10), .seconds(12), .seconds(14), .seconds(16), .seconds(29.9)]
        )
        #expect(wait.verdict == .worse)
    }

    @Test func `a small line shows three figures or more`() {
        #expect(Sparkline([nil, 1, 2], label: "").markup.html.isEmpty)
        // 112 / 2 units apart; the least at the bottom, the largest at the top.
        let line = Sparkline([0, 10, 5], label: "a <b>").markup.html
        #expect(line.contains("<polyline points=\"4,22 60,4 116,13\"/><circle cx=\"116\" cy=\"13\" r=\"2.6\"/>"))
        #expect(line.contains("role=\"img\" aria-label=\"a &lt;b&gt;\""))
    }
}
