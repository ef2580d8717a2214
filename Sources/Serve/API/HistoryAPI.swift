import Base
import Configuration
import Services
import Switchboard

/// The history of the PBX, as JSON.
struct HistoryAPI: Sendable {
    let settings: Settings
    let desk: QueryDesk
    let sampler: HealthSampler
    let log: AccessLog

    private static let times: [APIOperation.Parameter] = [
        .query("from", "From this time, such as 2026-11-22 or 2026-11-22T14:30:00+01:00."),
        .query("to", "Only what began before this time."),
        .query("days", "The last whole days, and today.", ["type": "integer"]),
        .query("queue", "Only this queue."), .query("agent", "Only this agent."),
    ]
    static let reportTimes =
        times + [
            .query("pbx", "Only this PBX."), .query("week", "A week, such as 2026-W47, or last."),
            .query("month", "A month, such as 2026-11, or this or last."),
            .choice("interval", ["total", "hour", "day", "week", "month"], "How to divide the time."),
        ]

    var operations: [APIOperation] {
        [
            APIOperation(
                id: "calls",
                path: "/calls",
                role: .lead,
                summary: "Calls, the newest first.",
                parameters: Self.times + [
                    .query("number", "A number in any spelling."), .query("contact", "KIND:ID of the CRM, or ID."),
                    .query("pbx", "Only this PBX."),
                    .choice("direction", ["inbound", "outbound", "internal", "unknown"], "Who called."),
                    .choice("disposition", ["answered", "no_answer", "busy", "failed"], "The outcome."),
                    .query("limit", "How many, up to 1000.", ["type": "integer", "minimum": 1, "maximum": 1000]),
                    .query("cursor", "next_cursor of the previous page."),
                ],
                schema: "Calls",
                hasETag: true
            ) { try await calls($0, $0.request.query) },
            APIOperation(
                id: "contactCalls",
                path: "/contacts/{kind}/{id}/calls",
                role: .lead,
                summary: "Calls of a contact of the CRM, the newest first.",
                parameters: [.path("kind", "What the CRM calls it, such as contact."), .path("id", "The CRM's id.")]
                    + Self.times + [
                        .query("pbx", "Only this PBX."),
                        .query("limit", "How many, up to 1000.", ["type": "integer", "minimum": 1, "maximum": 1000]),
                        .query("cursor", "next_cursor of the previous page."),
                    ],
                schema: "Calls",
                hasETag: true
            ) { exchange in
                let (kind, id) = (exchange.parameters["kind"] ?? "", exchange.parameters["id"] ?? "")
                return try await calls(exchange, exchange.request.query.setting("contact", "\(kind):\(id)"))
            },
            APIOperation(
                id: "call",
                path: "/calls/{id}",
                role: .lead,
                summary: "One call, from its first event to its last.",
                parameters: [
                    .path("id", "A uniqueid or linkedid."), .query("pbx", "The PBX, if several have the id."),
                ],
                schema: "Story",
                hasETag: true
            ) { try await call($0) },
            APIOperation(
                id: "reports",
                path: "/reports",
                role: .viewer,
                summary: "The available reports.",
                schema: "ReportList"
            ) { _ in .json(try ReportService(settings).list().json) },
            APIOperation(
                id: "report",
                path: "/reports/{name}",
                role: .viewer,
                summary: "A report, as `report --format json` prints it.",
                parameters: [.path("name", "Its name.")] + Self.reportTimes,
                schema: "Reports",
                hasETag: true
            ) { try await report($0.parameters["name"] ?? "", $0) },
            APIOperation(
                id: "health",
                path: "/health",
                role: .viewer,
                summary: "The health of every PBX.",
                schema: "Health"
            ) { _ in health },
        ]
    }

    private func calls(_ exchange: Exchange, _ fields: FormFields) async throws -> Response {
        let size = fields["limit"] == nil ? 50 : fields.integer("limit", in: 1...1000)
        guard let size else { throw Problem(.badRequest, "usage", "limit should be 1 to 1000.") }
        // Errors in the request are reported before the warehouse is queried.
        _ = try CallQuery(settings, desk).request(fields, exchange.identity, size)
        return try await tagged(exchange) {
            let found = try await CallQuery(settings, desk).find(fields, exchange.identity, size: size)
            log.note(exchange, "calls", fields)
            guard case .object(let members) = found.list.json else { return nil }
            return .object(members + [("next_cursor", found.next.map { .string("\($0)") } ?? nil)])
        }
    }

    private func call(_ exchange: Exchange) async throws -> Response {
        let id = exchange.parameters["id"] ?? ""
        return try await tagged(exchange) {
            let story = try await CallQuery(settings, desk).story(id, exchange.request.query["pbx"], exchange.identity)
            log.note(exchange, "call", id)
            return story.json
        }
    }

    private func report(_ name: String, _ exchange: Exchange) async throws -> Response {
        guard let identity = exchange.identity else { throw Problem(.unauthorized, "notPermitted", "Send a token.") }
        let request = try ReportQuery.request([name], exchange.request.query, for: identity)
        let service = ReportService(settings)
        let tag = try await tag(exchange)
        if isKnown(tag, exchange) { return unchanged(tag) }
        let bytes = try await desk.run {
            try ReportRendering(.json).files(try await service.run(request), separately: false).first?.bytes ?? []
        }
        if ReportQuery.showsCallers(name) { log.note(exchange, "report", name) }
        var response = Response(.ok, .json, bytes)
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = "private, no-cache"
        return response
    }

    private var health: Response {
        let parts = sampler.current.map { history -> JSON in
            [
                "pbx": .string(history.pbx),
                "state": .string((history.report?.state ?? .unknown).rawValue), "report": history.report?.json ?? nil,
            ]
        }
        return .json(["schema_version": 1, "pbxs": .array(parts)])
    }

    /// A response that need not be sent again while the warehouse has nothing new.
    private func tagged(_ exchange: Exchange, _ body: () async throws -> JSON) async throws -> Response {
        let tag = try await tag(exchange)
        if isKnown(tag, exchange) { return unchanged(tag) }
        var response = Response.json(try await body())
        response.headers["ETag"] = tag
        // It may be cached by the client, but must be revalidated each time.
        response.headers["Cache-Control"] = "private, no-cache"
        return response
    }

    /// The warehouse's state, the query, the user, and the day, which moves every window.
    private func tag(_ exchange: Exchange) async throws -> String {
        let version = try await desk.version()
        let day = Moment.now.day
        let text =
            "\(version) \(exchange.request.path)?\(exchange.request.query.text) \(exchange.identity?.name ?? "") \(day)"
        return "\"\(ContentHash.text(of: text.utf8))\""
    }

    private func isKnown(_ tag: String, _ exchange: Exchange) -> Bool {
        let fields = exchange.request.headers.all("if-none-match")
        return fields.flatMap { $0.split(separator: ",") }.contains { $0.filter { $0 != " " } == tag }
    }

    private func unchanged(_ tag: String) -> Response {
        var response = Response(.notModified)
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = "private, no-cache"
        return response
    }
}
