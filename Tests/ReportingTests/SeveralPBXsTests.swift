import Postgres
import Testing
import TestSupport

@testable import Reporting

/// Queues, agents and calls of two PBXs that have the same names.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct SeveralPBXsTests {
    private func withTwo(_ body: (borrowing Fixture) throws -> Void) async throws {
        try await Fixture.with { fixture in
            try fixture.connection.execute("insert into voip.pbx (name, timezone) values ('branch', 'Asia/Tokyo')")
            let heading = "callid | queue | entered_at | left_at | wait_s | ring_s | talk_s | outcome | agent | caller"
            let visits = [
                (
                    "1",
                    """
                    1.1 | Sales | 2026-11-16 09:00:00+01 | 2026-11-16 09:01:10+01 | 10 | 2 | 60 | answered  | Ann | 0301
                    1.2 | Sales | 2026-11-16 10:00:00+01 | 2026-11-16 10:00:30+01 | 30 |   |    | abandoned |     | 0302
                    """
                ),
                (
                    "2",
                    """
                    1.1 | sales | 2026-11-16 09:00:00+01 | 2026-11-16 09:00:24+01 | 4 | 3 | 20 | answered | Ann | 0301
                    1.2 | sales | 2026-11-16 10:00:00+01 | 2026-11-16 10:00:26+01 | 6 | 1 | 20 | answered | Ann | 0301
                    """
                ),
            ]
            for (pbx, rows) in visits {
                try fixture.insert(
                    "queue_visit",
                    [("pbx_id", pbx), ("entry", "1"), ("source", "queue_log")],
                    heading + "\n" + rows
                )
            }
            try fixture.connection.execute(
                """
                insert into voip.call (call_id, pbx_id, linkedid, direction, disposition, started_at, ended_at, duration_s, ring_s,
                    talk_s, legs, queues, transfers, row_hash, customer, customer_e164, match)
                select id, pbx, 'c' || id, 'inbound', 'answered', '2026-11-16 12:00:00+01', '2026-11-16 12:00:10+01', 10, 0, 10, 1, 0,
                    0, id, '+49301', '+49301', 'unmatched'
                from (values (1, 1), (2, 1), (3, 2)) as v (id, pbx)
                """
            )
            try body(fixture)
        }
    }

    @Test func `queues of one name are a row per PBX, whose last column says which`() async throws {
        try await withTwo { fixture in
            let lines = try fixture.report("queues", .week47())
            #expect(
                lines.map { $0["pbx", "queue", "offered", "answered", "wait_max_s", "talk_total_s", "unique_callers"] }
                    == [
                        ["branch", "sales", "2", "2", "6", "40", "1"], ["main", "Sales", "2", "1", "30", "60", "2"],
                    ]
            )
        }
    }

    @Test func `agents of one name are a row per PBX`() async throws {
        try await withTwo { fixture in
            var request = ReportRequest.week47()
            request.thresholds.wrapUp = 15
            let lines = try fixture.report("agents", request)
            #expect(
                lines.map { $0["pbx", "agent", "queues", "answered", "ring_s", "talk_s", "wrap_s"] } == [
                    ["branch", "Ann", "sales", "2", "4", "40", "30"], ["main", "Ann", "Sales", "1", "2", "60", "15"],
                ]
            )
        }
    }

    @Test func `calls are a row per PBX and direction, an unmatched number is one row`() async throws {
        try await withTwo { fixture in
            let calls = try fixture.report("calls", .week47())
            #expect(
                calls.map { $0["pbx", "direction", "calls", "unique_numbers"] } == [
                    ["branch", "inbound", "1", "1"], ["main", "inbound", "2", "1"],
                ]
            )
            let numbers = try fixture.report("unmatched", .week47())
            #expect(numbers.map { $0["calls", "pbx"] } == [["3", "branch;main"]])
        }
    }

    @Test func `one PBX narrows every report, and its zone is the report's`() async throws {
        try await withTwo { fixture in
            var request = ReportRequest.week47()
            (request.pbx, request.timeZone) = ("branch", nil)
            for (name, column, figure) in [
                ("queues", "offered", "2"), ("agents", "answered", "2"), ("calls", "calls", "1"),
                ("unmatched", "calls", "1"),
            ] {
                let result = try fixture.result(ReportCatalogue().definition(name), request)
                #expect(result.lines.map { $0[column, "pbx"] } == [[figure, "branch"]], "\(name)")
                #expect(result.window.timeZone == "Asia/Tokyo")
                #expect(result.filters.map { "\($0.name) \($0.value)" } == ["pbx branch"])
            }
            #expect(try fixture.report("lost-visits", request).isEmpty)
            request.pbx = "main"
            #expect(try fixture.report("lost-visits", request).map { $0["caller", "pbx"] } == [["0302", "main"]])
        }
    }

    @Test func `people see the PBX before the queue if there are several PBXs`() async throws {
        try await withTwo { fixture in
            var request = ReportRequest.week47()
            let definition = try ReportCatalogue().definition("queues")
            let both = try fixture.result(definition, request)
            #expect(
                both.shownPlaces.map { both.columns[$0].name }.prefix(5) == [
                    "period_start", "period_end", "timezone", "pbx", "queue",
                ]
            )
            let layout = TableLayout(both)
            #expect(layout.columns.prefix(2).map(\.heading) == [["PBX"], ["queue"]])
            #expect(layout.keyCount == 2)
            let text = String(decoding: TableRenderer().render([both]), as: UTF8.self)
            #expect(!text.contains("Only"))
            (request.pbx, request.queue) = ("main", "SALES")
            let one = try fixture.result(definition, request)
            #expect(!one.shownPlaces.contains { one.columns[$0].name == "pbx" })
            let table = String(decoding: TableRenderer().render([one]), as: UTF8.self)
            #expect(table.split(separator: "\n")[1] == "Only PBX main, queue SALES")
            #expect(!table.contains(" pbx"))
            let json = String(decoding: JSONRenderer().render([one]), as: UTF8.self)
            #expect(json.contains(#""filters":{"pbx":"main","queue":"SALES"}"#))
        }
    }

    @Test func `the page and the workbook of a filtered report say so, and the sums follow the filter`() async throws {
        try await withTwo { fixture in
            let catalogue = try ReportCatalogue()
            let definitions = [try catalogue.definition("queues")]
            let all = try ReportRunner(.week47()).book(definitions, from: catalogue, on: fixture.connection)
            let queues = try #require(all.queues)
            let sum = Summary(queues, all.waits)
            // Answered in time: 10, 4 and 6 s of four offered.
            #expect(sum.offered == 4 && sum.answered == 3 && sum.serviceLevel == 75)
            var request = ReportRequest.week47()
            request.pbx = "branch"
            let book = try ReportRunner(request).book(definitions, from: catalogue, on: fixture.connection)
            let page = String(decoding: HTMLRenderer().render(book), as: UTF8.self)
            #expect(page.contains(" · Europe/Berlin · Only PBX branch · compared with"))
            #expect(page.contains("<p>Only PBX branch. The calls offered to each queue"))
            #expect(Summary(try #require(book.queues), book.waits).offered == 2)
            let files = try #require(Unzip(try XLSXRenderer().render(book))).files
            #expect(files["xl/sharedStrings.xml"]?.contains("<t>Only PBX branch</t>") == true)
        }
    }
}
