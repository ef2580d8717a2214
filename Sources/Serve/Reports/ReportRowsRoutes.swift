import Base
import Configuration
import Reporting
import Services

/// The rows behind a figure: the visits, calls, attempts or spans of time that it counts, each with its call's story.
struct ReportRowsRoutes: Sendable {
    let settings: Settings
    let desk: QueryDesk
    let log: AccessLog

    /// A page is for reading; CSV contains all rows.
    private static let shown = 500

    func add(to router: inout Router) {
        router.on(.get, ReportLinks.path, for: .role(.viewer), "What a figure of a report counts.") {
            try await page($0)
        }
        router.on(.get, ReportLinks.path + ".csv", for: .role(.viewer), "What a figure of a report counts, as CSV.") {
            exchange in
            let (_, found) = try await rows(exchange.request.query["report"], exchange)
            var response = Response(.ok, .csv, Array(ReportRowsCSV(found, role: exchange.role).text.utf8))
            response.headers["Content-Disposition"] = "attachment; filename=\"rows.csv\""
            return response
        }
    }

    var operations: [APIOperation] {
        [
            APIOperation(
                id: "reportRows",
                path: "/reports/{name}/rows",
                role: .viewer,
                summary:
                    "The visits, calls, attempts or spans of time that a figure of a report counts, and the figure calculated from them.",
                parameters: [.path("name", "The report."), .query("figure", "The column.")] + HistoryAPI.reportTimes
                    + ReportSlice.names.map { .query($0, "What the row of the report is about.") },
                schema: "ReportRows"
            ) { exchange in
                let (slice, found) = try await rows(exchange.parameters["name"], exchange)
                return .json(ReportRowsJSON(slice, found, role: exchange.role).json)
            }
        ]
    }

    private func rows(_ report: String?, _ exchange: Exchange) async throws -> (ReportSlice, ReportRows) {
        guard let identity = exchange.identity else { throw Problem(.unauthorized, "notPermitted", "Log in.") }
        let fields = exchange.request.query
        let slice = try ReportLinks.slice(report, fields)
        let request = try ReportQuery.request([slice.report], fields, for: identity)
        let service = ReportService(settings)
        let found = try await desk.run { try await service.rows(behind: slice, request) }
        log.note(exchange, "rows of \(slice.report)", fields)
        return (slice, found)
    }

    private func page(_ exchange: Exchange) async throws -> Response {
        let fields = exchange.request.query
        let page = Page(title: "What a figure counts", place: .reports, body: "")
        return try await PageFailure.filling(page, for: exchange.identity) {
            let (slice, found) = try await rows(fields["report"], exchange)
            return view(slice, found, exchange)
        }
    }

    private func view(_ slice: ReportSlice, _ found: ReportRows, _ exchange: Exchange) -> Markup {
        let fields = exchange.request.query
        let name = ReportRowsText.name(slice.figure)
        let value = ReportRowsText.value(found)
        let rows = found.rows.prefix(Self.shown).map { row($0, found, exchange.role) }
        let cut: Markup =
            found.rows.count > rows.count
            ? "<p class=\"soft\">The first \(rows.count). CSV has \(found.isCut ? "the first \(found.rows.count)" : "all").</p>"
            : ""
        let back = fields.keeping(["report", "from", "to", "timezone", "queue", "pbx", "agent"]).text
        return """
            <h1>\(name)\(value.map { ": \($0)" } ?? "")</h1>
            <p class="summary"><span><b>\(found.rows.count)</b> \(ReportRowsText.kinds(found))\(found.isCut ? " and more" : "")</span>\
            <span class="soft">\(ReportRowsText.place(slice, fields))</span>\
            <a href="\(ReportLinks.path).csv?\(fields.text)">CSV</a><a href="/reports?\(back)">The report</a></p>
            \(rows.isEmpty ? "<p class=\"empty\">The figure counts nothing.</p>" : table(rows, found))
            \(cut)
            """
    }

    private func table(_ rows: [Markup], _ found: ReportRows) -> Markup {
        let part: Markup = found.figure == .share ? "<th scope=\"col\">Counts as part</th>" : ""
        return """
            <div class="card scroll" tabindex="0"><table>
            <caption>Times in \(found.timeZone)</caption>
            <thead><tr><th scope="col">Began</th><th scope="col">What</th><th scope="col">Queue</th>\
            <th scope="col">Agent</th><th scope="col">Number</th><th scope="col">Result</th>\
            <th scope="col" class="n">Wait or length</th><th scope="col" class="n">Ring</th>\
            <th scope="col" class="n">Talk</th>\(part)</tr></thead>
            <tbody>
            \(Markup.joined(rows, "\n"))
            </tbody></table></div>
            """
    }

    private func row(_ row: ReportRow, _ found: ReportRows, _ role: Role) -> Markup {
        let time = ReportRowsText.time(row.at)
        let began: Markup =
            row.linkedid.map { id in
                role >= .lead ? "<a href=\"\(ReportLinks.story(id, row.pbx))\">\(time)</a>" : "\(time)"
            } ?? "\(time)"
        let part: Markup = found.figure == .share ? "<td>\(row.isPart ? "✓ yes" : "no")</td>" : ""
        return """
            <tr><th scope="row">\(began)</th><td>\(row.kind)</td><td>\(row.queue ?? "")</td><td>\(row.agent ?? "")</td>\
            <td>\(ReportRowsText.number(row, role))</td><td>\(ReportRowsText.words(row.outcome))</td>\
            <td class="n">\(CallsTable.length(row.wait))</td>\
            <td class="n">\(CallsTable.length(row.ringMilliseconds.map { ($0 + 500) / 1000 }))</td>\
            <td class="n">\(CallsTable.length(row.talk))</td>\(part)</tr>
            """
    }
}
