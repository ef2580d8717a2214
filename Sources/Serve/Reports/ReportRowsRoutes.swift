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
        guard let identity = exchange.identity else {
            throw Problem(.unauthorized, "notPermitted", localized("Log in."))
        }
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
        let page = Page(title: localized("What a figure counts"), place: .reports, body: "")
        return try await PageFailure.filling(page, for: exchange.identity) {
            let (slice, found) = try await rows(fields["report"], exchange)
            return view(slice, found, exchange)
        }
    }

    private func view(_ slice: ReportSlice, _ found: ReportRows, _ exchange: Exchange) -> Markup {
        let fields = exchange.request.query
        let definition = try? ReportService(settings).list().definitions.first { $0.name == slice.report }
        let name = definition?.heading(of: slice.figure) ?? slice.figure
        let title = definition?.title ?? slice.report
        let value = ReportRowsText.value(found)
        let rows = found.rows.prefix(Self.shown).map { row($0, found, exchange.role) }
        let (shown, all) = (rows.count, found.rows.count)
        let part =
            found.isCut
            ? localized("The first \(shown). CSV has the first \(all).") : localized("The first \(shown). CSV has all.")
        let cut: Markup = all > shown ? "<p class=\"soft\">\(part)</p>" : ""
        let bold: Markup = "<b>\(all)</b>"
        let kinds = ReportRowsText.kinds(found)
        let count: Markup =
            found.isCut ? .localized("\(bold) \(kinds) and more") : "\(bold) \(kinds)"
        let back = fields.keeping(["report", "from", "to", "timezone", "queue", "pbx", "agent"]).text
        return """
            <h1>\(name)\(value.map { ": \($0)" } ?? "")</h1>
            <p class="summary"><span>\(count)</span>\
            <span class="soft">\(ReportRowsText.place(slice, title, fields))</span>\
            <a href="\(ReportLinks.path).csv?\(fields.text)">CSV</a><a href="/reports?\(back)">\(localized("The report"))</a></p>
            \(rows.isEmpty ? "<p class=\"empty\">\(localized("The figure counts nothing."))</p>" : table(rows, found))
            \(cut)
            """
    }

    private func table(_ rows: [Markup], _ found: ReportRows) -> Markup {
        let part: Markup = found.figure == .share ? Piece.head(localized("Counts as part")) : ""
        return """
            <div class="card scroll" tabindex="0"><table class="list">
            <caption>\(localized("Times in \(found.timeZone)"))</caption>
            <thead><tr>\(Piece.head(localized("Began")))\(Piece.head(localized("What", context: "kind of row")))\
            \(Piece.head(localized("Queue")))\(Piece.head(localized("Agent")))\(Piece.head(localized("Number")))\
            \(Piece.head(localized("Result")))\(Piece.numberHead(localized("Wait or length")))\
            \(Piece.numberHead(localized("Ring", context: "time")))\
            \(Piece.numberHead(localized("Talk", context: "time")))\(part)</tr></thead>
            <tbody>
            \(Markup.joined(rows, "\n"))
            </tbody></table></div>
            """
    }

    private func row(_ row: ReportRow, _ found: ReportRows, _ role: Role) -> Markup {
        let time = LocalTime.text(row.at)
        let began: Markup =
            row.linkedid.map { id in
                role >= .lead ? "<a href=\"\(ReportLinks.story(id, row.pbx))\">\(time)</a>" : "\(time)"
            } ?? "\(time)"
        let part: Markup =
            found.figure == .share
            ? "<td \(Piece.label(localized("Counts as part")))>\(row.isPart ? localized("✓ yes") : localized("no"))</td>"
            : ""
        return """
            <tr><th scope="row">\(began)</th><td>\(ValueWords.rowKind(row.kind))</td><td>\(row.queue ?? "")</td><td>\(row.agent ?? "")</td>\
            <td>\(ReportRowsText.number(row, role))</td><td>\(ReportRowsText.words(row.outcome))</td>\
            <td class="n" \(Piece.label(localized("Wait or length")))>\(CallsTable.length(row.wait))</td>\
            <td class="n" \(Piece.label(localized("Ring", context: "time")))>\
            \(CallsTable.length(row.ringMilliseconds.map { ($0 + 500) / 1000 }))</td>\
            <td class="n" \(Piece.label(localized("Talk", context: "time")))>\(CallsTable.length(row.talk))</td>\
            \(part)</tr>
            """
    }
}
