import Alerts
import Base
import Reporting
import Services

/// The page with the silences of alerts, and its forms. It is not part of the page of alerts, which is loaded again every
/// few seconds.
struct SilenceRoutes: Sendable {
    let silences: SilenceService
    let forms: FormTokens
    let notices: Notices

    static let path = "/alerts/silences"
    /// How long a silence can be, as it is chosen.
    static var spans: [(value: String, title: String, seconds: Int64)] {
        [
            ("30m", localized("30 minutes"), 1800), ("2h", localized("2 hours"), 7200),
            ("8h", localized("8 hours"), 28_800), ("1d", localized("1 day"), 86_400),
            ("7d", localized("7 days"), 604_800), ("30d", localized("30 days"), 2_592_000),
        ]
    }

    func add(to router: inout Router) {
        router.on(.get, Self.path, for: .role(.operator), "The silences of alerts, and a form for a new one.") {
            try page($0)
        }
        router.on(.post, "\(Self.path)/begin", for: .role(.operator), "Silences alerts for a while.") { exchange in
            answer(exchange) { try silence(exchange) }
        }
        router.on(.post, "\(Self.path)/{id}/end", for: .role(.operator), "Ends a silence.") { exchange in
            answer(exchange) { try end(exchange) }
        }
    }

    /// The address of the form for an alert.
    static func address(_ alert: ListedAlert) -> String {
        let conditions = ["rule=\(alert.ruleName)"] + (alert.queue.map { ["queue=\($0)"] } ?? [])
        return "\(path)?conditions=\(PercentCoding.encoded(conditions.joined(separator: ", ")))"
    }

    /// Users of some queues may only silence alerts about one of these, and see only such silences.
    static func isVisible(_ silence: AlertSilence, to identity: Identity?) -> Bool {
        isPermitted(silence.matchers, identity)
    }

    private static func isPermitted(_ matchers: [AlertMatcher], _ identity: Identity?) -> Bool {
        guard let queues = identity?.queues else { return true }
        return matchers.contains { $0.label == "queue" && !$0.isNegated && queues.contains($0.value.lowercased()) }
    }

    private func page(_ exchange: Exchange) throws -> Response {
        let shown = try silences.list().filter { Self.isVisible($0, to: exchange.identity) }
        let view = SilencesView(
            silences: shown,
            token: forms.field(for: exchange.identity),
            conditions: exchange.request.query["conditions"] ?? ""
        )
        var page = Page(title: localized("Silences"), place: .alerts, body: view.markup)
        page.notice = notices.notice(exchange)
        return page.response(for: exchange.identity)
    }

    private func answer(_ exchange: Exchange, _ body: () throws -> String) -> Response {
        do {
            return notices.redirect(exchange, to: Self.path, .init(text: try body()))
        } catch {
            return notices.redirect(exchange, to: Self.path, .init(text: Problem(error).shown, isFailure: true))
        }
    }

    private func silence(_ exchange: Exchange) throws -> String {
        let form = exchange.request.form
        let texts = (form["conditions"] ?? "").split(separator: ",").map { String($0.trimmingPrefix { $0 == " " }) }
        guard let span = Self.spans.first(where: { $0.value == form["for"] }) else {
            throw Problem(.badRequest, "usage", localized("Choose how long the silence lasts."))
        }
        guard Self.isPermitted(texts.compactMap { AlertMatcher($0) }, exchange.identity) else {
            throw Problem(
                .forbidden,
                "notPermitted",
                localized("You may silence alerts about your queues only: add queue=NAME.")
            )
        }
        let silence = try silences.add(
            texts,
            for: .seconds(span.seconds),
            author: OrderRoom.name(of: exchange),
            comment: String((form["comment"] ?? "").prefix(200))
        )
        return localized("The silence \(silence.id) ends at \(LocalTime.utc(silence.until)) UTC.")
    }

    private func end(_ exchange: Exchange) throws -> String {
        let id = exchange.parameters["id"] ?? ""
        let isVisible = try silences.list().contains { $0.id == id && Self.isVisible($0, to: exchange.identity) }
        guard isVisible else { throw Problem(.notFound, "notFound", localized("No silence has the id \(id).")) }
        try silences.end(id)
        return localized("The silence has ended.")
    }
}
