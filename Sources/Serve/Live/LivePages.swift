import Base
import Reporting
import Services
import Switchboard

/// The live pages, and the events that keep them up to date.
struct LivePages: Sendable {
    let stream: LiveStream
    let callbacks: CallbackList
    let notices: Notices
    let book: CallerBook
    let log: AccessLog

    func add(to router: inout Router) {
        for page in LivePage.all {
            let title = Language.$current.withValue(.english) { page.place.title }
            let access = Access.role(page.place.role, token: page.place == .wall ? .wall : nil)
            router.on(.get, page.place.path, for: access, "The page \(title).") { try show(page, $0) }
            router.on(.get, "/events" + page.place.path, for: access, "Changes of the page \(title), as events.") {
                try follow(page, $0)
            }
        }
    }

    private func input(_ exchange: Exchange) throws -> LivePage.Input {
        guard let identity = exchange.identity else {
            throw Problem(.unauthorized, "notPermitted", localized("Log in."))
        }
        return LivePage.Input(
            states: stream.model.current,
            identity: identity,
            query: exchange.request.query,
            owed: callbacks.current,
            book: book
        )
    }

    private func show(_ page: LivePage, _ exchange: Exchange) throws -> Response {
        let view = page.view(try input(exchange))
        if page.showsCallers, exchange.role >= .lead {
            log.noteOften(exchange, "live page", "\(page.place.path) \(exchange.request.query.text)")
        }
        let query = exchange.request.query.setting("notice", nil).text
        var shown = Page(
            title: view.title,
            place: page.place,
            body: view.main,
            events: "/events\(page.place.path)\(query.isEmpty ? "" : "?\(query)")",
            refresh: 10,
            style: page.style(exchange.request.query)
        )
        shown.notice = notices.notice(exchange)
        return shown.response(for: exchange.identity)
    }

    private func follow(_ page: LivePage, _ exchange: Exchange) throws -> Response {
        let first = try input(exchange)
        let (model, callbacks) = (stream.model, callbacks)
        return try stream.response(exchange) {
            var input = first
            (input.states, input.owed, input.now) = (model.current, callbacks.current, Moment.now)
            return Self.event(page.view(input))
        }
    }

    private static func event(_ view: LivePage.View) -> String {
        let json: JSON = [
            "build": .string(Assets.build), "title": .string(view.title), "html": .string(view.main.html),
        ]
        return "event: main\ndata: \(json.line)"
    }
}
