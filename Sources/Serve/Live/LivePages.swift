import Base
import Reporting
import Services
import Switchboard

/// The pages that follow the PBXs, and the events that keep them up to date.
struct LivePages: Sendable {
    let model: LiveModel
    let streams: StreamCounters
    let callbacks: CallbackList
    let notices: Notices

    /// The most often that a page is sent again.
    private static let pace = Duration.milliseconds(500)
    /// After this time without a change a sign of life is sent.
    private static let heartbeat = Duration.seconds(15)

    func add(to router: inout Router) {
        for page in LivePage.all {
            let title = page.place.title
            let access = Access.role(page.place.role, token: page.place == .wall ? .wall : nil)
            router.on(.get, page.place.path, for: access, "The page \(title).") { try show(page, $0) }
            router.on(.get, "/events" + page.place.path, for: access, "Changes of the page \(title), as events.") {
                try follow(page, $0)
            }
        }
    }

    private func input(_ exchange: Exchange) throws -> LivePage.Input {
        guard let identity = exchange.identity else { throw Problem(.unauthorized, "notPermitted", "Log in.") }
        return LivePage.Input(
            states: model.current,
            identity: identity,
            query: exchange.request.query,
            owed: callbacks.current
        )
    }

    private func show(_ page: LivePage, _ exchange: Exchange) throws -> Response {
        let view = page.view(try input(exchange))
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
        let input = try input(exchange)
        guard streams.open() else {
            var problem = Problem(.unavailable, "tryAgainLater", "Too many pages are open. Close some.")
            problem.headers["Retry-After"] = "30"
            throw problem
        }
        let (model, streams, callbacks) = (model, streams, callbacks)
        let changes = model.changes()
        var response = Response(.ok)
        response.headers["Content-Type"] = ContentType.events.rawValue
        // A proxy that collects the answer first would never pass it on.
        response.headers["X-Accel-Buffering"] = "no"
        response.body = .stream { [input] sink in
            defer { streams.closed() }
            var input = input
            try await sink.write("retry: 3000\n\n")
            var isBeat = false
            while true {
                if isBeat {
                    try await sink.write("event: beat\ndata: 1\n\n")
                } else {
                    (input.states, input.owed, input.now) = (model.current, callbacks.current, ServerClock.now)
                    try await sink.write(Self.event(page.view(input)))
                }
                try await Task.sleep(for: Self.pace)
                isBeat = await changes.next(until: .now + Self.heartbeat) == nil
                try Task.checkCancellation()
                if changes.isFinished { return }
            }
        }
        return response
    }

    private static func event(_ view: LivePage.View) -> String {
        let json: JSON = [
            "build": .string(Assets.build), "title": .string(view.title), "html": .string(view.main.html),
        ]
        return "event: main\ndata: \(json.line)\n\n"
    }
}
