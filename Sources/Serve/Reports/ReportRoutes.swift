import Base
import Configuration
import Reporting
import Services

/// The reports of the command line, with the same renderers.
struct ReportRoutes: Sendable {
    let settings: Settings
    let desk: QueryDesk
    let log: AccessLog

    func add(to router: inout Router) {
        router.on(.get, "/reports", for: .role(.viewer), "Reports as a page.") { try await page($0) }
        router.on(.get, "/reports/{file}", for: .role(.viewer), "A report as CSV, JSON or XLSX.") {
            try await file($0)
        }
    }

    private func page(_ exchange: Exchange) async throws -> Response {
        guard let identity = exchange.identity else { throw Problem(.unauthorized, "notPermitted", "Log in.") }
        let fields = exchange.request.query
        let service = ReportService(settings)
        let offered = try service.list().definitions.filter { ReportQuery.isOffered($0.name, to: identity) }
        let name = fields["report"] ?? "queues"
        let form = ReportForm(definitions: offered, fields: fields, name: name)
        let body: Markup
        do {
            let request = try ReportQuery.request([name], fields, for: identity)
            let reports = try await desk.run { try await service.run(request, withCharts: true) }
            if ReportQuery.showsCallers(name) { log.note(exchange, "report", name) }
            guard let book = reports.book else { throw Problem(.internalError, "failed", "No report was made.") }
            body = .verbatim(HTMLRenderer(links: ReportLinks.links(fields, for: identity)).fragment(book))
        } catch {
            let problem = Problem(error)
            body = "<p class=\"stale\" role=\"alert\">\(problem.detail)</p>"
        }
        var page = Page(title: "\(name) · Reports", place: .reports, body: "\(form.markup)\n\(body)")
        page.style = "reports"
        page.hasReport = true
        return page.response(for: identity)
    }

    private func file(_ exchange: Exchange) async throws -> Response {
        guard let identity = exchange.identity else { throw Problem(.unauthorized, "notPermitted", "Log in.") }
        let parts = (exchange.parameters["file"] ?? "").split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, let format = ReportFormat(rawValue: parts[1]), let type = Self.types[format] else {
            throw Problem(.notFound, "notFound", "Name a report as queues.csv, queues.json or queues.xlsx.")
        }
        let request = try ReportQuery.request([parts[0]], exchange.request.query, for: identity)
        let service = ReportService(settings)
        let file = try await desk.run {
            let reports = try await service.run(request, withCharts: format.hasCharts)
            return try ReportRendering(format).files(reports, separately: false).first
        }
        if ReportQuery.showsCallers(parts[0]) { log.note(exchange, "report", parts[0]) }
        var response = Response(.ok, type, file?.bytes ?? [])
        if format != .json {
            // The name comes from a fixed list, so nothing in it can end the field.
            response.headers["Content-Disposition"] = "attachment; filename=\"\(parts[0]).\(parts[1])\""
        }
        return response
    }

    private static let types: [ReportFormat: ContentType] = [.csv: .csv, .json: .json, .xlsx: .xlsx]
}

/// The form above a report.
struct ReportForm {
    let definitions: [ReportDefinition]
    let fields: FormFields
    let name: String

    var markup: Markup {
        let reports = definitions.map { option($0.name, $0.title, isChosen: $0.name == name) }
        let days = fields["from"] == nil && fields["month"] == nil ? fields["days"] ?? "" : ""
        let times = [
            ("", "last week"), ("0", "today"), ("1", "yesterday and today"), ("7", "7 days"), ("28", "28 days"),
        ]
        .map { option($0.0, $0.1, isChosen: $0.0 == days) }
        let intervals = ["total", "hour", "day", "week", "month"].map {
            option($0, $0, isChosen: $0 == (fields["interval"] ?? "total"))
        }
        let query = fields.setting("report", nil).text
        let links = ["csv", "xlsx", "json"].map { ending -> Markup in
            "<a href=\"/reports/\(name).\(ending)?\(query)\">\(ending.uppercased())</a>"
        }
        return """
            <h1 class="hidden">Reports</h1>
            <form class="filter" method="get" action="/reports">
            <label>Report <select name="report">\(Markup.joined(reports))</select></label>
            <label>Time <select name="days">\(Markup.joined(times))</select></label>
            <label>or month <input type="month" name="month" value="\(Self.isMonth(fields["month"]) ? fields["month"] ?? "" : "")"></label>
            <label>or from <input type="date" name="from" value="\(fields["from"] ?? "")"></label>
            <label>to, exclusive <input type="date" name="to" value="\(fields["to"] ?? "")"></label>
            <label>By <select name="interval">\(Markup.joined(intervals))</select></label>
            <label>Queue <input name="queue" value="\(fields["queue"] ?? "")" size="10"></label>
            <button>Show</button>
            <span class="soft">\(Markup.joined(links, " · "))</span>
            </form>
            """
    }

    private static func isMonth(_ text: String?) -> Bool { text?.utf8.count == 7 }

    private func option(_ value: String, _ text: String, isChosen: Bool) -> Markup {
        "<option value=\"\(value)\"\(isChosen ? " selected" : "" as Markup)>\(text)</option>"
    }
}
