import Base
import Configuration
import Reporting
import Services

/// The page of lost calls, and its forms.
struct LostCallsRoutes: Sendable {
    let actions: LostCallsActions
    let forms: FormTokens
    let notices: Notices

    static let path = "/lost-calls"

    func add(to router: inout Router) {
        router.on(.get, Self.path, for: .role(.lead), "Callers to call back, one row per caller.") {
            try await page($0)
        }
        for action in LostCallsActions.Action.allCases {
            router.on(
                .post,
                "\(Self.path)/{id}/\(action.rawValue)",
                for: .role(action.role),
                "Does something about a lost caller: \(action.rawValue)."
            ) { await act(action, $0) }
        }
    }

    private func page(_ exchange: Exchange) async throws -> Response {
        let fields = exchange.request.query.setting("notice", nil)
        var page = Page(
            title: localized("Lost calls"),
            place: .lost,
            body: "<h1>\(localized("Lost calls"))</h1>\n\(LostCallsView.filter(fields))"
        )
        page.notice = notices.notice(exchange)
        return try await PageFailure.filling(page, for: exchange.identity) {
            let list = try await actions.query.list(fields, exchange.identity)
            actions.log.note(exchange, "lost calls", fields)
            let view = LostCallsView(
                list: list,
                role: exchange.role,
                user: OrderRoom.name(of: exchange),
                query: fields.text,
                token: forms.field(for: exchange.identity),
                dialled: { LostCallsActions.dialled($0, actions.query.settings) }
            )
            return view.markup
        }
    }

    private func act(_ action: LostCallsActions.Action, _ exchange: Exchange) async -> Response {
        let form = exchange.request.form
        let query = exchange.request.query.text
        let back = query.isEmpty ? Self.path : "\(Self.path)?\(query)"
        let input = LostCallsActions.Input(
            note: form["note"],
            phone: form["phone"],
            number: form["number"],
            channelID: OrderRoom.channelID(form)
        )
        do {
            let done = try await actions.perform(action, exchange.parameters["id"] ?? "", input, exchange)
            return notices.redirect(exchange, to: back, .init(text: done.sentence))
        } catch {
            return notices.redirect(exchange, to: back, .init(text: Problem(error).shown, isFailure: true))
        }
    }
}
