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
        guard let identity = exchange.identity else {
            throw Problem(.unauthorized, "notPermitted", localized("Log in."))
        }
        let fields = exchange.request.query
        let service = ReportService(settings)
        let offered = try service.list().definitions.filter { ReportQuery.isOffered($0.name, to: identity) }
        let name = fields["report"] ?? "queues"
        let form = ReportForm(definitions: offered, fields: fields, name: name)
        var page = Page(title: localized("\(form.title) · Reports"), place: .reports, body: form.markup)
        page.style = "reports"
        page.hasReport = true
        return try await PageFailure.filling(page, for: identity) {
            let request = try ReportQuery.request([name], fields, for: identity, totals: true)
            let reports = try await desk.run { try await service.run(request, withCharts: true) }
            if ReportQuery.showsCallers(name) { log.note(exchange, "report", name) }
            guard let book = reports.book else {
                throw Problem(.internalError, "failed", localized("No report was made."))
            }
            return .verbatim(HTMLRenderer(links: ReportLinks.links(fields, for: identity)).fragment(book))
        }
    }

    private func file(_ exchange: Exchange) async throws -> Response {
        guard let identity = exchange.identity else {
            throw Problem(.unauthorized, "notPermitted", localized("Log in."))
        }
        let parts = (exchange.parameters["file"] ?? "").split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, let format = ReportFormat(rawValue: parts[1]), let type = Self.types[format] else {
            throw Problem(
                .notFound,
                "notFound",
                localized("Name a report as queues.csv, queues.json or queues.xlsx.")
            )
        }
        let request = try ReportQuery.request(
            [parts[0]],
            exchange.request.query,
            for: identity,
            totals: format.hasCharts
        )
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
        let times = Self.times.map { option($0.value, $0.text, isChosen: $0.value == time) }
        let intervals = Self.intervals.map {
            option($0.value, $0.text, isChosen: $0.value == (fields["interval"] ?? "total"))
        }
        let query = fields.setting("report", nil).text
        let month = Self.isMonth(fields["month"]) ? fields["month"] ?? "" : ""
        let links = ["csv", "xlsx", "json"].map { ending -> Markup in
            "<a href=\"/reports/\(name).\(ending)?\(query)\">\(ending.uppercased())</a>"
        }
        return """
            <h1 class="hidden">\(localized("Reports"))</h1>
            <form class="filter" method="get" action="/reports">
            <label>\(localized("Report")) <select name="report">\(Markup.joined(reports))</select></label>
            <label>\(localized("Time", context: "period")) <select name="time">\(Markup.joined(times))</select></label>
            <label>\(localized("or month")) <input type="month" name="month" value="\(month)"></label>
            <label>\(localized("or from")) <input type="date" name="from" value="\(fields["from"] ?? "")"></label>
            <label>\(localized("until (not included)")) <input type="date" name="to" value="\(fields["to"] ?? "")"></label>
            <label>\(localized("By", context: "interval")) <select name="interval">\(Markup.joined(intervals))</select></label>
            <label>\(localized("Queue")) <input name="queue" value="\(fields["queue"] ?? "")" size="10"></label>
            <button>\(localized("Show"))</button>
            <span class="soft">\(Markup.joined(links, " · "))</span>
            </form>
            """
    }

    /// The report's title, as the form has it; its name if the form does not offer it.
    var title: String { definitions.first { $0.name == name }?.title ?? name }

    private static var times: [(value: String, text: String)] {
        [
            ("", localized("last week")), ("days 0", localized("today")), ("days 1", localized("yesterday and today")),
            ("days 7", localized("7 days")), ("days 28", localized("28 days")),
            ("month this", localized("this month")), ("month last", localized("last month")),
        ]
    }

    private static var intervals: [(value: String, text: String)] {
        [
            ("total", localized("total", context: "interval")), ("hour", localized("hour", context: "interval")),
            ("day", localized("day", context: "interval")), ("week", localized("week", context: "interval")),
            ("month", localized("month", context: "interval")),
        ]
    }

    /// The chosen one of ``times``.
    private var time: String {
        if fields["from"] != nil || Self.isMonth(fields["month"]) { return "" }
        if let month = fields["month"] { return "month \(month)" }
        if let days = fields["days"] { return "days \(days)" }
        return fields["time"] ?? ""
    }

    private static func isMonth(_ text: String?) -> Bool { text?.utf8.count == 7 }

    private func option(_ value: String, _ text: String, isChosen: Bool) -> Markup {
        "<option value=\"\(value)\"\(isChosen ? " selected" : "" as Markup)>\(text)</option>"
    }
}
