import Base
import Postgres
import Reporting
import TestSupport
import Testing

/// Every figure of every report on the sample equals the result from the rows behind it.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct FigureRowsTests {
    private static let reports = ["queues", "agents", "calls", "unmatched", "lost-visits"]
    /// Numbers that are not figures: settings, and the content of a row in `lost-visits` itself.
    private static let others: Set = ["service_level_s", "wait_s", "callback_delay_s"]

    private struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var interval = ReportInterval.total
        var thresholds = Thresholds()
        var queue: String?, agent: String?
        var testDescription: String { name }
    }

    private static let cases = [
        Case(name: "the evening"), Case(name: "hour by hour", interval: .hour),
        Case(
            name: "other thresholds, with wrap-up",
            thresholds: Thresholds(
                serviceLevel: 10,
                shortAbandon: 8,
                variant: .withAbandoned,
                wrapUp: 15,
                queues: ["support": .init(serviceLevel: 30, variant: .answered, wrapUp: 40)]
            )
        ),
        Case(name: "one queue", queue: "support"),
    ]

    @Test(arguments: cases)
    private func `the rows behind every figure add up to it`(aCase: Case) async throws {
        try await Bench.with { bench in
            try Self.load(&bench)
            var checked: [String: Int] = [:]
            for name in Self.reports {
                let runner = ReportRunner(Self.request(aCase))
                let definition = try ReportCatalogue().definition(name)
                let result = try runner.run([definition], on: bench.connection)[0]
                for cells in result.rows {
                    for (place, column) in result.columns.enumerated() {
                        guard let slice = ReportSlice(result, row: cells, column: column.name) else { continue }
                        let rows = try ReportRunner(Self.request(aCase)).rows(behind: slice, on: bench.connection)
                        checked[name, default: 0] += 1
                        if rows.figure == .moment {
                            #expect(!rows.rows.isEmpty, "\(slice)")
                        } else {
                            #expect(rows.value == cells[place], "\(slice) \(rows.rows.count) rows")
                        }
                    }
                }
            }
            for name in Self.reports where name != "agents" || aCase.queue == nil {
                #expect(checked[name, default: 0] >= 5, "\(checked)")
            }
        }
    }

    @Test func `every column of numbers has rows behind it, or is not a figure`() throws {
        for definition in try ReportCatalogue().definitions where Self.reports.contains(definition.name) {
            for column in definition.columns where column.kind.isNumeric && !Self.others.contains(column.name) {
                #expect(definition.figure(column.name) != nil, "\(definition.name) \(column.name)")
            }
        }
    }

    @Test func `the figures of all rows are totals, and a longer list is marked as such`() async throws {
        try await Bench.with { bench in
            try Self.load(&bench)
            let runner = ReportRunner(Self.request(Case(name: "")))
            let result = try runner.run([try ReportCatalogue().definition("queues")], on: bench.connection)[0]
            let place = try #require(result.columns.firstIndex { $0.name == "offered" })
            let offered = result.rows.reduce(Int64(0)) { sum, row in
                if case .integer(let value) = row[place] { sum + value } else { sum }
            }
            let slice = ReportSlice(report: "queues", figure: "offered")
            #expect(try runner.rows(behind: slice, on: bench.connection).value == .integer(offered))
            let cut = try runner.rows(behind: slice, limit: 3, on: bench.connection)
            #expect(cut.isCut && cut.rows.count == 3 && cut.value == .empty)
            #expect(throws: ReportError.self) {
                try runner.rows(behind: ReportSlice(report: "queues", figure: "queue"), on: bench.connection)
            }
        }
    }

    private static func load(_ bench: inout Bench) throws {
        _ = try bench.run(
            [bench.write(try Files.sample("Master.csv"), to: "Master.csv")],
            queueLog: [bench.write(try Files.sample("queue_log"), to: "queue_log")]
        )
        // Every other number has a contact, so that some calls are matched.
        try bench.connection.execute(
            """
            insert into voip.contact (source, kind, external_id, name) values ('csv', 'contact', '1', 'Ann');
            update voip.call set contact_id = 1, match = 'matched'
            where match = 'unmatched' and right(customer_e164, 1) in ('0', '2', '4', '6', '8')
            """
        )
    }

    private static func request(_ aCase: Case) -> ReportRequest {
        ReportRequest(
            window: WrittenTime("2026-11-22").map { .between($0, WrittenTime("2026-11-24")) } ?? .lastWeek,
            interval: aCase.interval,
            timeZone: "UTC",
            queue: aCase.queue,
            agent: aCase.agent,
            thresholds: aCase.thresholds
        )
    }
}
