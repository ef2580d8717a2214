import Base
import CallRecords
import Configuration
import Reporting
import Services

/// Past calls, and a single call from its first event to its last.
struct HistoryRoutes: Sendable {
    let settings: Settings
    let desk: QueryDesk
    let log: AccessLog

    private static let pageSize = 50

    func add(to router: inout Router) {
        router.on(.get, "/history", for: .role(.lead), "Calls of the past.") { try await list($0) }
        router.on(.get, "/history/{id}", for: .role(.lead), "One call, from its first event to its last.") {
            try await story($0)
        }
    }

    private func list(_ exchange: Exchange) async throws -> Response {
        let fields = exchange.request.query
        let title = localized("Past calls")
        let page = Page(title: title, place: .history, body: "<h1>\(title)</h1>\n\(Self.form(fields))")
        return try await PageFailure.filling(page, for: exchange.identity) {
            let found = try await CallQuery(settings, desk).find(fields, exchange.identity, size: Self.pageSize)
            log.note(exchange, "calls", fields)
            guard let next = found.next else { return CallsTable(list: found.list).markup }
            let query = fields.setting("cursor", "\(next)").text
            return """
                \(CallsTable(list: found.list).markup)
                <p class="pages"><a class="button" href="/history?\(query)">\(localized("Older calls"))</a></p>
                """
        }
    }

    private func story(_ exchange: Exchange) async throws -> Response {
        let id = exchange.parameters["id"] ?? ""
        let story = try await CallQuery(settings, desk).story(id, exchange.request.query["pbx"], exchange.identity)
        log.note(exchange, "call", id)
        let body = StoryView(story: story).markup
        let title = localized("Call \(story.call.linkedid)")
        return Page(title: title, place: .history, body: body).response(for: exchange.identity)
    }

    private static func form(_ fields: FormFields) -> Markup {
        func input(_ title: String, _ name: String, _ type: String = "search", _ size: Int = 12) -> Markup {
            """
            <label>\(title) <input type="\(type)" name="\(name)" value="\(fields[name] ?? "")" size="\(size)"></label>

            """
        }
        return """
            <form class="filter" method="get" action="/history">
            \(input(localized("Number"), "number"))\(input(localized("Contact"), "contact"))\
            \(input(localized("Agent"), "agent"))\(input(localized("Queue"), "queue", "search", 8))\
            \(input(localized("From", context: "date"), "from", "date"))\
            \(input(localized("Until (not included)"), "to", "date"))
            <button>\(localized("Search"))</button>
            </form>
            """
    }
}

/// Calls as rows.
struct CallsTable {
    let list: CallList

    var markup: Markup {
        guard !list.calls.isEmpty else { return "<p class=\"empty\">\(localized("No call was found."))</p>" }
        let (queue, agent) = (Piece.label(localized("Queue")), Piece.label(localized("Agent")))
        let wait = Piece.label(localized("Wait", context: "time"))
        let talk = Piece.label(localized("Talk", context: "time"))
        let rows = list.calls.map { call -> Markup in
            """
            <tr><th scope="row"><a href="/history/\(PercentCoding.encoded(call.linkedid))?pbx=\
            \(PercentCoding.encoded(call.pbx))">\(LocalTime.text(call.started, list.zone))</a></th>\
            <td>\(CallWords.direction(call.direction))</td><td>\(call.e164 ?? call.number ?? "–")</td><td>\(call.contact?.name ?? "")</td>\
            <td \(queue)>\(call.queue ?? "")</td><td \(agent)>\(call.agent ?? call.extension ?? "")</td>\
            <td>\(ValueWords.outcome(call.disposition))</td>\
            <td class="n" \(wait)>\(Self.length(call.wait))</td>\
            <td class="n" \(talk)>\(Self.length(call.talk))</td></tr>
            """
        }
        return """
            <div class="card scroll" tabindex="0"><table class="list">
            <caption>\(localized("Newest first, times in \(list.zone.name)"))</caption>
            <thead><tr>\(Piece.head(localized("Began")))\(Piece.head(localized("Direction")))\
            \(Piece.head(localized("Number")))\(Piece.head(localized("Contact")))\(Piece.head(localized("Queue")))\
            \(Piece.head(localized("Agent")))\(Piece.head(localized("Result")))\
            \(Piece.numberHead(localized("Wait", context: "time")))\
            \(Piece.numberHead(localized("Talk", context: "time")))</tr></thead>
            <tbody>
            \(Markup.joined(rows, "\n"))
            </tbody></table></div>
            """
    }

    static func length(_ seconds: Int64?) -> String { seconds.map { Piece.duration(Int(clamping: max(0, $0))) } ?? "–" }
}
