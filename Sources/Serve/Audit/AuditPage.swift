import AMIClient
import Base
import Configuration
import Pipeline
import Reporting
import Services

/// The page of requests: who requested what, and the outcome, whether on the command line or here.
struct AuditPage: Sendable {
    let settings: Settings
    let desk: QueryDesk
    let log: AccessLog

    private static let most = 500

    func add(to router: inout Router) {
        router.on(.get, "/audit", for: .role(.admin), "Orders to the PBXs, and what came of them.") {
            try await page($0)
        }
    }

    private func page(_ exchange: Exchange) async throws -> Response {
        let fields = exchange.request.query
        let title = localized("Orders")
        let page = Page(title: title, place: .audit, body: "<h1>\(title)</h1>\n\(Self.form(fields))")
        return try await PageFailure.filling(page, for: exchange.identity) {
            let parts = try await self.orders(fields)
            log.note(exchange, "orders", fields.text)
            return Markup.joined(parts.map { table($0.pbx, $0.result, isOnly: parts.count == 1) }, "\n")
        }
    }

    /// Reading a long log takes a while, so it is queued like a warehouse query.
    private func orders(_ fields: FormFields) async throws -> [(pbx: String, result: AuditResult)] {
        var request = AuditRequest()
        request.window = try TimeQuery(fields).calls() ?? .days(7)
        (request.command, request.limit) = (fields["command"], Self.most)
        let names = settings.pbxNames.filter { fields["pbx"] == nil || fields["pbx"] == $0 }
        let service = AuditService(settings)
        return try await desk.run { [request, names] in
            try names.map { name in
                var request = request
                request.pbx = name
                return (pbx: name, result: try service.orders(request))
            }
        }
    }

    private func table(_ pbx: String, _ result: AuditResult, isOnly: Bool) -> Markup {
        let heading: Markup = isOnly ? "" : "<h2>\(pbx)</h2>\n"
        guard !result.records.isEmpty else {
            return "\(heading)<p class=\"empty\">\(localized("No order was given in this period."))</p>"
        }
        let rows = result.records.reversed().map { record -> Markup in
            let from: Markup =
                record.address.map { "<br><small>\(localized("from \($0)", context: "address"))</small>" } ?? ""
            return """
                <tr><th scope="row">\(LocalTime.utc(record.time))</th>\
                <td>\(record.user)\(from)</td><td>\(record.command)</td><td>\(record.target)</td>\
                <td>\(Self.outcome(record))</td><td>\(record.reason ?? "")</td></tr>
                """
        }
        let cut: Markup =
            result.isCut ? "<p class=\"soft\">\(localized("The newest \(result.records.count)."))</p>" : ""
        return """
            \(heading)<div class="card scroll" tabindex="0"><table class="list">
            <caption>\(localized("Newest first, times in \("UTC")"))</caption>
            <thead><tr>\(Piece.head(localized("Time")))\(Piece.head(localized("User")))\(Piece.head(localized("Order")))\
            \(Piece.head(localized("On what")))\(Piece.head(localized("Outcome")))\
            \(Piece.head(localized("Reason")))</tr></thead>
            <tbody>
            \(Markup.joined(rows, "\n"))
            </tbody></table></div>
            \(cut)
            """
    }

    /// Symbol, word and colour.
    private static func outcome(_ record: AuditRecord) -> Markup {
        let word = record.outcome ?? "open"
        let (sign, kind): (Markup, Markup) =
            switch word {
            case "refused", "failed": ("✕", "open")
            case "unknown", "cancelled", "open": ("?", "claimed")
            default: ("✓", "done")
            }
        return "<span class=\"work \(kind)\"><span aria-hidden=\"true\">\(sign)</span> \(ValueWords.order(word))</span>"
    }

    private static func form(_ fields: FormFields) -> Markup {
        """
        <form class="filter" method="get" action="/audit">
        <label>\(localized("Order")) <input name="command" value="\(fields["command"] ?? "")" size="12" placeholder="queue"></label>
        <label>\(localized("From", context: "date")) <input type="date" name="from" value="\(fields["from"] ?? "")"></label>
        <label>\(localized("Until (not included)")) <input type="date" name="to" value="\(fields["to"] ?? "")"></label>
        <button>\(localized("Show"))</button>
        </form>
        """
    }
}
